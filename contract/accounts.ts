import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import * as field from './fields.ts'
import { idOf } from './ids.ts'
import { billingAccount } from './identity.ts'
import { pageOf, pageQuery } from './paging.ts'
import { standings } from './workspaces.ts'

export const instanceStatuses = ['active', 'suspended', 'released'] as const
export type InstanceStatus = (typeof instanceStatuses)[number]

/** The company behind a Billing Center account; only the name is required. */
export const company = z.object({
  name: field.companyName,
  industry: z.string().trim().max(100).optional(),
  region: z.string().trim().max(100).optional(),
  introduction: z.string().trim().max(2000).optional(),
  contactName: z.string().trim().max(100).optional(),
})
export type Company = z.output<typeof company>

export const cloudAccount = z.object({
  id: idOf('cloudAccount'),
  marketplace: z.string(),
  accountRef: z.string(),
  boundAt: field.instant,
  instances: z.array(
    z.object({
      id: idOf('instance'),
      instanceRef: z.string(),
      orderRef: z.string(),
      productName: z.object({ en: z.string(), zh: z.string() }),
      sku: z.string(),
      status: z.enum(instanceStatuses),
      purchasedAt: field.instant,
      workspaces: z.array(
        z.object({ id: idOf('workspace'), name: z.string(), site: field.siteCode, standing: z.enum(standings) }),
      ),
    }),
  ),
})
export type CloudAccount = z.output<typeof cloudAccount>

export const readBillingOverview = endpoint({
  name: 'readBillingOverview',
  method: 'GET',
  path: '/v1/billing/overview',
  access: { who: 'billing' },
  summary: 'The signed-in Billing Center account: company, counts, what needs attention, an activation still open',
  response: z.object({
    account: billingAccount,
    company,
    workspaceCount: z.number().int(),
    cloudAccountCount: z.number().int(),
    /** Workspaces in countdown or locked. */
    attention: z.array(
      z.object({
        workspaceId: idOf('workspace'),
        name: z.string(),
        standing: z.enum(standings),
        countdownEndsAt: field.instant.nullable(),
      }),
    ),
    /** An activation of this account that was begun and not finished (newest). */
    openActivation: z.object({ id: idOf('activation'), startedAt: field.instant }).nullable(),
  }),
  problems: [],
})

export const updateCompany = endpoint({
  name: 'updateCompany',
  method: 'PUT',
  path: '/v1/billing/company',
  access: { who: 'billing' },
  summary: 'Change the company details of the Billing Center account',
  body: company,
  response: company,
  problems: [],
})

export const listCloudAccounts = endpoint({
  name: 'listCloudAccounts',
  method: 'GET',
  path: '/v1/billing/cloud-accounts',
  access: { who: 'billing' },
  summary: 'Cloud accounts bound to this Billing Center account, with their instances and the workspaces each settles',
  query: pageQuery,
  response: pageOf(cloudAccount),
  problems: [],
})

export const readCloudAccount = endpoint({
  name: 'readCloudAccount',
  method: 'GET',
  path: '/v1/billing/cloud-accounts/:cloudAccountId',
  access: { who: 'billing' },
  summary: 'One cloud account of this Billing Center account',
  params: z.object({ cloudAccountId: idOf('cloudAccount') }),
  response: cloudAccount,
  problems: [],
})
