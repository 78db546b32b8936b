import type { ActivationStep } from '../contract/activation.ts'
import type { BillsFilter } from './billing/bills-filter.ts'

/** Every URL of the web, built here and nowhere else. */

const segment = encodeURIComponent

function withQuery(path: string, query: Record<string, string | null | undefined>): string {
  const said = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) said.set(name, value)
  return said.size > 0 ? `${path}?${said}` : path
}

const steps: Record<ActivationStep, string> = {
  landing: '/activate',
  basic: '/activate/basic',
  company: '/activate/company',
  method: '/activate/method',
  account: '/activate/account',
  prove: '/activate/prove',
  workspaces: '/activate/workspaces',
  done: '/activate/done',
}

export const paths = {
  terms: () => '/terms',
  register: () => '/register',

  activation: {
    step: (step: ActivationStep) => steps[step],
    newWorkspace: () => '/activate/workspaces/new',
    refused: (reason: string) => withQuery('/activate/refused', { reason }),
  },

  billing: {
    home: () => '/billing',
    signIn: (next?: string) => withQuery('/billing/sign-in', { next }),
    resetPassword: (next?: string) => withQuery('/billing/reset-password', { next }),
    workspaces: () => '/billing/workspaces',
    workspace: (workspaceId: string) => `/billing/workspaces/${segment(workspaceId)}`,
    changeBillingMethod: (workspaceId: string) => `/billing/workspaces/${segment(workspaceId)}/change`,
    bills: (filter?: BillsFilter) => withQuery('/billing/bills', { ...filter }),
    bill: (dailyBillId: string, filter?: BillsFilter) =>
      withQuery(`/billing/bills/${segment(dailyBillId)}`, { ...filter }),
    billLine: (dailyBillId: string, position: number, filter?: BillsFilter) =>
      withQuery(`/billing/bills/${segment(dailyBillId)}/lines/${position}`, { ...filter }),
    monthlyBill: (monthlyBillId: string, filter?: BillsFilter) =>
      withQuery(`/billing/bills/monthly/${segment(monthlyBillId)}`, { ...filter }),
    wallet: () => '/billing/wallet',
    cloudAccounts: () => '/billing/cloud-accounts',
    cloudAccount: (cloudAccountId: string) => `/billing/cloud-accounts/${segment(cloudAccountId)}`,
    account: () => '/billing/account',
  },

  operator: {
    home: () => '/operator',
    signIn: (next?: string) => withQuery('/operator/sign-in', { next }),
    reports: (state?: string) => withQuery('/operator/reports', { state }),
    report: (usageRecordId: string, state?: string) =>
      withQuery(`/operator/reports/${segment(usageRecordId)}`, { state }),
    differences: () => '/operator/differences',
    payers: (search?: string) => withQuery('/operator/payers', { search }),
    payer: (billingAccountId: string, search?: string) =>
      withQuery(`/operator/payers/${segment(billingAccountId)}`, { search }),
    bills: () => '/operator/bills',
    prices: () => '/operator/price-books',
    clock: () => '/operator/clock',
    activations: (state?: string) => withQuery('/operator/activations', { state }),
    audit: (by?: string) => withQuery('/operator/audit', { by }),
    record: (recordId: string) => `/operator/records/${segment(recordId)}`,
  },

  console: {
    start: () => '/console',
    signIn: (site: string, given: { username?: string | null; next?: string } = {}) =>
      withQuery(`/console/${segment(site)}/sign-in`, { username: given.username, next: given.next }),
    resetPassword: (site: string, next?: string) => withQuery(`/console/${segment(site)}/reset-password`, { next }),
    workspaces: (site: string) => `/console/${segment(site)}/workspaces`,
    newWorkspace: (site: string) => `/console/${segment(site)}/new-workspace`,
    workspace: (site: string, workspaceId: string) => `/console/${segment(site)}/workspaces/${segment(workspaceId)}`,
    usage: (site: string, workspaceId: string, meter?: string) =>
      withQuery(`/console/${segment(site)}/workspaces/${segment(workspaceId)}/usage`, { meter }),
    apiKeys: (site: string, workspaceId: string) =>
      `/console/${segment(site)}/workspaces/${segment(workspaceId)}/api-keys`,
    planAndBilling: (site: string, workspaceId: string) =>
      `/console/${segment(site)}/workspaces/${segment(workspaceId)}/plan-and-billing`,
    changeBillingMethod: (site: string, workspaceId: string) =>
      `/console/${segment(site)}/workspaces/${segment(workspaceId)}/plan-and-billing/change`,
  },
} as const
