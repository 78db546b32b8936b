import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import { standings } from '../../contract/workspaces.ts'
import type { PaidWorkspace } from '../../contract/workspaces.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { getWorkspace } from '../workspaces/find-workspace.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { presentSettlement } from './present-settlement.ts'
import { selectBinding, selectBindingsOf } from './queries.ts'
import type { BindingView } from './queries.ts'
import { changeableFrom } from './settlement-rules.ts'

/** Workspaces bound to a Billing Center account, newest binding first; dissolved ones too, for it has bills of them. */
export async function listPaidWorkspaces(
  ctx: Ctx,
  input: { billingAccountId: BillingAccountId } & PageRequest,
): Promise<Page<PaidWorkspace>> {
  const of = { billingAccountId: input.billingAccountId, standings }
  const rows = await selectBindingsOf(ctx.db, of, readCursor(input.cursor), input.limit + 1)
  const page = toPage(rows, input.limit, (row) => ({ at: row.boundAt, id: row.workspaceId }))
  return { items: await Promise.all(page.items.map((row) => present(ctx, row))), nextCursor: page.nextCursor }
}

/** One workspace bound to the account; throws `not_found` for any other. */
export async function readPaidWorkspace(
  ctx: Ctx,
  input: { billingAccountId: BillingAccountId; workspaceId: WorkspaceId },
): Promise<PaidWorkspace> {
  const binding = await selectBinding(ctx.db, input.workspaceId)
  if (binding?.billingAccountId !== input.billingAccountId) throw new Problem('not_found')
  return present(ctx, binding)
}

async function present(ctx: Ctx, binding: BindingView): Promise<PaidWorkspace> {
  const workspace = await getWorkspace(ctx, binding.workspaceId)
  const from = changeableFrom(binding.lastChangedAt, ctx.now(), siteSettings(ctx, workspace.site).timeZone)
  return {
    id: workspace.id,
    name: workspace.name,
    site: workspace.site,
    standing: workspace.standing,
    countdownEndsAt: workspace.countdown_ends_at?.toISOString() ?? null,
    dissolvesAt: workspace.dissolves_at?.toISOString() ?? null,
    dissolvedAt: workspace.dissolved_at?.toISOString() ?? null,
    settlement: await presentSettlement(ctx, binding),
    changeableFrom: from?.toISOString() ?? null,
    boundAt: binding.boundAt.toISOString(),
  }
}
