import type { Id } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { BillOfPush, Push, PushCall } from '../../contract/settlement.ts'
import type { Ctx } from '../context.ts'
import { selectCallsOf, selectPush } from './list-queries.ts'
import { selectBillsOfRecord } from './metered-bill-queries.ts'
import { presentPush } from './present-push.ts'

const callsShown = 50
const billsShown = 50

/** One usage report with its latest calls, and the bills that charge for what it holds. Throws `not_found`. */
export async function readPush(
  ctx: Ctx,
  id: Id<'usageRecord'>,
): Promise<Push & { calls: PushCall[]; bills: BillOfPush[] }> {
  const row = await selectPush(ctx.db, id)
  if (!row) throw new Problem('not_found')
  const calls = await selectCallsOf(ctx.db, id, callsShown)
  return {
    ...presentPush(row),
    calls: calls.map((call) => ({
      id: call.id,
      startedAt: call.started_at.toISOString(),
      finishedAt: call.finished_at?.toISOString() ?? null,
      verdict: call.verdict,
      code: call.code,
      message: call.message,
      receipt: call.receipt,
      reports: call.reports ?? 0,
    })),
    bills: await selectBillsOfRecord(ctx.db, id, billsShown),
  }
}
