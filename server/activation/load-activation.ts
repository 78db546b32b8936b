import type { Selectable } from 'kysely'
import { Problem } from '../../contract/problems.ts'
import { readCloudAccount } from '../accounts/read-cloud-account.ts'
import type { CloudAccountsTable } from '../accounts/tables.ts'
import { settledBy } from '../bindings/settled-by.ts'
import type { SettledWorkspace } from '../bindings/settled-by.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import type { BillingAccountRow } from '../identity/find-account.ts'
import { productOf } from '../marketplaces/product.ts'
import { readInstance } from '../marketplaces/read-instance.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { activationActor } from '../platform/actors.ts'
import { lockActivation, selectActivation, selectBrowser } from './queries.ts'
import type { ActivationRow, BrowserRow } from './queries.ts'
import type { Progress } from './steps.ts'

/** An activation with all that decides its step, as the asking browser may know it. */
export interface LoadedActivation {
  row: ActivationRow
  browser: BrowserRow
  instance: InstanceRow | null
  cloudAccount: Selectable<CloudAccountsTable> | null
  /** The account that holds the cloud account, or that this activation registered. */
  account: BillingAccountRow | null
  settled: SettledWorkspace[]
  /** Sites the workspace may be made on. */
  siteCodes: string[]
  progress: Progress
}

/** Loads the activation the asking browser holds. */
export async function loadActivation(ctx: Ctx): Promise<LoadedActivation> {
  const row = await selectActivation(ctx.db, activationActor(ctx).activationId)
  if (!row) throw new Problem('not_found')
  return gather(ctx, row)
}

/** Loads it with the row locked until the transaction ends. */
export async function loadLockedActivation(ctx: TxCtx): Promise<LoadedActivation> {
  return gather(ctx, await lockActivation(ctx.db, activationActor(ctx).activationId))
}

async function gather(ctx: Ctx, row: ActivationRow): Promise<LoadedActivation> {
  const browser = await selectBrowser(ctx.db, activationActor(ctx).browserId)
  const instance = row.instance_id ? await readInstance(ctx, row.instance_id) : null
  const cloudAccount = instance ? await readCloudAccount(ctx, instance.cloud_account_id) : null
  const accountId = cloudAccount?.billing_account_id ?? row.billing_account_id
  const account = accountId ? await readBillingAccount(ctx, accountId) : null
  const settled = await settledBy(ctx, { instanceId: instance?.id ?? null, workspaceId: row.workspace_id })
  const proven = isProven(ctx, row, browser, account)
  const { sites } = ctx.services.config.catalogue
  return {
    row,
    browser,
    instance,
    cloudAccount,
    account,
    settled,
    siteCodes: instance ? productOf(ctx, instance).sites : sites.map((site) => site.code),
    progress: {
      source: row.source,
      path: row.path,
      hasDraft: row.draft !== null,
      hasAccount: account !== null,
      awaitsMethod: row.path === 'new' && row.billing_account_id === accountId && row.workspace_id === null,
      proven,
      settledCount: settled.length,
      confirmed: row.state === 'done',
    },
  }
}

/** A Billing Center session counts as proof; otherwise what this browser proved must be of the present person. */
function isProven(ctx: Ctx, row: ActivationRow, browser: BrowserRow, account: BillingAccountRow | null): boolean {
  if (account) {
    return browser.proven_subject === accountSubject(account.id) || activationActor(ctx).billingAccountId === account.id
  }
  return row.draft !== null && browser.proven_subject === emailSubject(row.draft.email)
}

export function accountSubject(billingAccountId: string): string {
  return `account:${billingAccountId}`
}

export function emailSubject(email: string): string {
  return `email:${email.toLowerCase()}`
}

/** Scope of this activation's codes. */
export function codeScope(activation: LoadedActivation): string {
  return `activation:${activation.row.id}`
}
