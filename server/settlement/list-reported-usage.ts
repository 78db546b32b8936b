import type { BillingAccountId, InstanceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { ReportedUsage } from '../../contract/settlement.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { holdsInstance, selectReported } from './list-queries.ts'
import { presentReported } from './present-push.ts'

/** What was reported for an instance of the account; throws `not_found` for any other. */
export async function listReportedUsage(
  ctx: Ctx,
  of: { billingAccountId: BillingAccountId; instanceId: InstanceId } & PageRequest,
): Promise<Page<ReportedUsage>> {
  if (!(await holdsInstance(ctx.db, of))) throw new Problem('not_found')
  const rows = await selectReported(ctx.db, of.instanceId, readCursor(of.cursor), of.limit + 1)
  const page = toPage(rows, of.limit, (row) => ({ at: row.period_from, id: row.id }))
  return { items: page.items.map(presentReported), nextCursor: page.nextCursor }
}
