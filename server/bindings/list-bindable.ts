import type { ActivationWorkspace } from '../../contract/activation.ts'
import type { BillingAccountId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { productOf } from '../marketplaces/product.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { getWorkspace } from '../workspaces/find-workspace.ts'
import { livingStandings } from '../workspaces/standing.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { paidBy } from './paid-by.ts'
import { selectBindingsOf } from './queries.ts'
import { bindStateOf } from './settlement-rules.ts'

/** Workspaces of a Billing Center account with how each stands towards one instance. */
export async function listBindable(
  ctx: Ctx,
  input: { billingAccountId: BillingAccountId; instance: InstanceRow } & PageRequest,
): Promise<Page<ActivationWorkspace>> {
  const of = { billingAccountId: input.billingAccountId, standings: livingStandings }
  const rows = await selectBindingsOf(ctx.db, of, readCursor(input.cursor), input.limit + 1)
  const page = toPage(rows, input.limit, (row) => ({ at: row.boundAt, id: row.workspaceId }))
  const offered = productOf(ctx, input.instance).sites
  const items = await Promise.all(
    page.items.map(async (binding) => {
      const { id, name, site, language, standing } = await getWorkspace(ctx, binding.workspaceId)
      const state = bindStateOf({
        now: paidBy(binding),
        target: { kind: 'instance', instanceId: input.instance.id },
        lastChangedAt: binding.lastChangedAt,
        at: ctx.now(),
        timeZone: siteSettings(ctx, site).timeZone,
        siteOffered: offered.includes(site),
      })
      return { id, name, site, language, standing, state }
    }),
  )
  return { items, nextCursor: page.nextCursor }
}
