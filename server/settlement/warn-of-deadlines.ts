import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { record } from '../platform/record.ts'
import { defaultTiming } from './periods.ts'
import { markWarned, selectNearDeadline } from './queries.ts'

const atOnce = 500

/**
 * Tells, once for each record and in good time, that its deadline is near: an event operators' mail follows from, and a line in the
 * log. Unknown ones are told too: an answer found before the deadline still lets them be sent. Returns how many were told.
 */
export async function warnOfDeadlines(ctx: Ctx): Promise<number> {
  let told = 0
  for (const granularity of ['hourly', 'daily'] as const) {
    const by = new Date(ctx.now().getTime() + defaultTiming[granularity].alarmBeforeSeconds * 1000)
    const near = await selectNearDeadline(ctx.db, granularity, by, atOnce)
    if (near.length === 0) continue
    await inTransaction(ctx, async (tx) => {
      for (const row of near) {
        const about = { usageRecordId: row.id, instanceId: row.instance_id }
        const detail = { state: row.state, units: row.units, deadline: row.deadline.toISOString(), code: row.code }
        tx.log.warn({ ...about, ...detail }, 'A usage report is near its deadline')
        await record(tx, { kind: 'push.near_deadline', about, detail })
      }
      await markWarned(
        tx.db,
        near.map((row) => row.id),
        tx.now(),
      )
    })
    told += near.length
  }
  return told
}
