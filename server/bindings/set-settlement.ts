import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { TxCtx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { productOf } from '../marketplaces/product.ts'
import { record } from '../platform/record.ts'
import { endCountdown } from '../workspaces/end-countdown.ts'
import { getWorkspace } from '../workspaces/find-workspace.ts'
import { makeCommercial } from '../workspaces/make-commercial.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { paidBy } from './paid-by.ts'
import { insertBinding, insertSettlementChange, lockWorkspace, selectBinding, updateSettlement } from './queries.ts'
import type { BindingView } from './queries.ts'
import { changeableFrom, judgeChange } from './settlement-rules.ts'
import type { PayTarget } from './settlement-rules.ts'

export interface SettlementOrder {
  workspaceId: WorkspaceId
  /** Who pays: must be the payer already bound, where there is one. */
  billingAccountId: BillingAccountId
  /** The instance that pays from now on; null: the account's balance. */
  instance: InstanceRow | null
}

/**
 * Binds the workspace to the account, or changes what pays it. Setting what is set already changes nothing.
 * Throws `workspace_not_bindable` (another payer has it), `settlement_cloud_alive`, `settlement_changed_this_month`,
 * `site_not_offered`, `currency_differs`, `instance_released`, `workspace_dissolved`.
 */
export async function setSettlement(ctx: TxCtx, order: SettlementOrder): Promise<void> {
  await lockWorkspace(ctx.db, order.workspaceId)
  const workspace = await getWorkspace(ctx, order.workspaceId)
  if (workspace.standing === 'dissolved') throw new Problem('workspace_dissolved')
  const site = siteSettings(ctx, workspace.site)
  const binding = await selectBinding(ctx.db, workspace.id)
  if (binding && binding.billingAccountId !== order.billingAccountId) throw new Problem('workspace_not_bindable')
  const target: PayTarget = order.instance ? { kind: 'instance', instanceId: order.instance.id } : { kind: 'balance' }
  const verdict = judgeChange({
    now: paidBy(binding),
    target,
    lastChangedAt: binding?.lastChangedAt ?? null,
    at: ctx.now(),
    timeZone: site.timeZone,
  })
  if (verdict === 'unchanged') return
  if (verdict === 'settlement_changed_this_month') throw changedThisMonth(ctx, binding, site.timeZone)
  if (verdict === 'settlement_cloud_alive') throw new Problem('settlement_cloud_alive')
  await refuseUnfitting(ctx, order, workspace.site, site.currency)
  await write(ctx, order, binding)
}

function changedThisMonth(ctx: TxCtx, binding: BindingView | undefined, timeZone: string): Problem {
  const from = changeableFrom(binding?.lastChangedAt ?? null, ctx.now(), timeZone)
  return new Problem('settlement_changed_this_month', { date: from?.toLocaleDateString('sv-SE', { timeZone }) ?? '' })
}

async function refuseUnfitting(ctx: TxCtx, order: SettlementOrder, site: string, currency: string): Promise<void> {
  const account = await readBillingAccount(ctx, order.billingAccountId)
  if (account.currency !== currency) {
    throw new Problem('currency_differs', { workspaceCurrency: currency, accountCurrency: account.currency })
  }
  if (!order.instance) return
  if (order.instance.status === 'released') throw new Problem('instance_released')
  const { sites } = productOf(ctx, order.instance)
  if (!sites.includes(site)) throw new Problem('site_not_offered', { allowed: sites.join(', ') })
}

async function write(ctx: TxCtx, order: SettlementOrder, binding: BindingView | undefined): Promise<void> {
  const at = ctx.now()
  const { workspaceId, billingAccountId } = order
  const to = order.instance?.id ?? null
  if (binding) {
    await updateSettlement(ctx.db, workspaceId, to, at)
  } else {
    await insertBinding(ctx.db, {
      workspace_id: workspaceId,
      billing_account_id: billingAccountId,
      instance_id: to,
      bound_at: at,
      settlement_since: at,
    })
  }
  await insertSettlementChange(ctx.db, { workspaceId, from: binding?.instanceId ?? null, to, first: !binding, at })
  await makeCommercial(ctx, workspaceId)
  if (order.instance?.status !== 'suspended') await endCountdown(ctx, workspaceId)
  await record(ctx, {
    kind: binding ? 'workspace.settlement_changed' : 'workspace.bound',
    about: { workspaceId, billingAccountId, ...(to && { instanceId: to }) },
    detail: { from: binding?.instanceId ?? null, to, method: to ? 'marketplace' : 'balance' },
  })
}
