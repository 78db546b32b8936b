import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import * as field from './fields.ts'
import { idOf } from './ids.ts'
import { pageOf, pageQuery } from './paging.ts'

export const standings = ['active', 'countdown', 'locked', 'dissolved'] as const
export type Standing = (typeof standings)[number]

/** What pays a bound workspace: the Billing Center account's own money, or one marketplace instance of its cloud account. */
export const settlement = z.discriminatedUnion('method', [
  z.object({ method: z.literal('balance') }),
  z.object({
    method: z.literal('marketplace'),
    marketplace: z.string(),
    cloudAccountRef: z.string(),
    instanceRef: z.string(),
    productName: z.object({ en: z.string(), zh: z.string() }),
    instanceStatus: z.enum(['active', 'suspended', 'released']),
  }),
])
export type Settlement = z.output<typeof settlement>

export const workspaceRow = z.object({
  id: idOf('workspace'),
  name: z.string(),
  site: field.siteCode,
  language: field.language,
  standing: z.enum(standings),
  plan: z.enum(['free', 'commercial']),
  role: z.enum(['owner', 'member']),
  createdAt: field.instant,
})
export type WorkspaceRow = z.output<typeof workspaceRow>

const dissolution = {
  /** When a locked workspace is dissolved and its data deleted; null while it is not locked. */
  dissolvesAt: field.instant.nullable(),
  /** When it was dissolved; null while it was not. */
  dissolvedAt: field.instant.nullable(),
}

export const workspaceHome = workspaceRow.extend({
  /** End of the 14-day countdown; null when there is none. */
  countdownEndsAt: field.instant.nullable(),
  countdownReason: z.enum(['instance_suspended', 'instance_released', 'arrears']).nullable(),
  ...dissolution,
  /** Who pays; null for a workspace nobody pays for yet (free plan). */
  payer: z
    .object({
      billingUsername: z.string(),
      companyName: z.string(),
      settlement,
      /** From when the billing method may change again; null when it may change now. */
      changeableFrom: field.instant.nullable(),
    })
    .nullable(),
})
export type WorkspaceHome = z.output<typeof workspaceHome>

const workspaceParams = z.object({ workspaceId: idOf('workspace') })

export const listMyWorkspaces = endpoint({
  name: 'listMyWorkspaces',
  method: 'GET',
  path: '/v1/console/sites/:site/workspaces',
  access: { who: 'console' },
  summary: 'Workspaces of this site that the signed-in console account belongs to, newest first',
  params: z.object({ site: field.siteCode }),
  query: pageQuery,
  response: pageOf(workspaceRow),
  problems: ['unknown_site'],
})

export const createConsoleWorkspace = endpoint({
  name: 'createConsoleWorkspace',
  method: 'POST',
  path: '/v1/console/sites/:site/workspaces',
  access: { who: 'console' },
  summary: 'Create another workspace on this site, paid like one the caller owns, or by nobody yet',
  params: z.object({ site: field.siteCode }),
  body: z.object({
    requestKey: field.requestKey,
    name: field.workspaceName,
    language: field.language,
    /** A workspace the caller owns, whose Billing Center account (by balance) pays for the new one too; absent: free plan. */
    payLike: idOf('workspace').optional(),
  }),
  response: workspaceRow,
  problems: ['unknown_site'],
})

export const readWorkspace = endpoint({
  name: 'readWorkspace',
  method: 'GET',
  path: '/v1/console/workspaces/:workspaceId',
  access: { who: 'workspace', role: 'member' },
  summary: 'Home of one workspace: name, site, language, plan, who pays, standing',
  params: workspaceParams,
  response: workspaceHome,
  problems: [],
})

/** How a person says what shall pay from now on. */
export const billingMethodChoice = z.discriminatedUnion('method', [
  z.object({ method: z.literal('balance') }),
  z.object({
    method: z.literal('alibaba'),
    cloudAccountRef: field.cloudAccountRef,
    instanceRef: field.instanceRef,
  }),
])
export type BillingMethodChoice = z.output<typeof billingMethodChoice>

const changeProblems = [
  'instance_pair_wrong',
  'instance_id_wrong',
  'instance_released',
  'marketplace_unreachable',
  'cloud_account_bound_elsewhere',
  'settlement_changed_this_month',
  'settlement_cloud_alive',
  'settlement_unchanged',
  'billing_account_needed',
  'site_not_offered',
  'currency_differs',
  'workspace_dissolved',
  'too_many_requests',
] as const

export const changeBillingMethod = endpoint({
  name: 'changeBillingMethod',
  method: 'PUT',
  path: '/v1/console/workspaces/:workspaceId/billing-method',
  access: { who: 'workspace', role: 'owner' },
  summary:
    'Change Billing Method: the balance, or an Alibaba Cloud instance named by Account ID and Product Instance ID',
  params: workspaceParams,
  body: billingMethodChoice,
  response: workspaceHome,
  problems: changeProblems,
})

/** A workspace as its payer sees it. */
export const paidWorkspace = z.object({
  id: idOf('workspace'),
  name: z.string(),
  site: field.siteCode,
  standing: z.enum(standings),
  countdownEndsAt: field.instant.nullable(),
  ...dissolution,
  settlement,
  changeableFrom: field.instant.nullable(),
  boundAt: field.instant,
})
export type PaidWorkspace = z.output<typeof paidWorkspace>

export const listPaidWorkspaces = endpoint({
  name: 'listPaidWorkspaces',
  method: 'GET',
  path: '/v1/billing/workspaces',
  access: { who: 'billing' },
  summary: 'Workspaces bound to this Billing Center account and what pays each',
  query: pageQuery,
  response: pageOf(paidWorkspace),
  problems: [],
})

export const readPaidWorkspace = endpoint({
  name: 'readPaidWorkspace',
  method: 'GET',
  path: '/v1/billing/workspaces/:workspaceId',
  access: { who: 'billing' },
  summary: 'One workspace bound to this Billing Center account and what pays it',
  params: workspaceParams,
  response: paidWorkspace,
  problems: [],
})

export const changeSettlement = endpoint({
  name: 'changeSettlement',
  method: 'PUT',
  path: '/v1/billing/workspaces/:workspaceId/settlement',
  access: { who: 'billing' },
  summary: 'Change what pays one bound workspace, from the Billing Center',
  params: workspaceParams,
  body: billingMethodChoice,
  response: paidWorkspace,
  problems: changeProblems,
})
