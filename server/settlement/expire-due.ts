import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { sendBeforeDeadlineSeconds } from './periods.ts'
import { lockRecord, selectSealedDueBy } from './queries.ts'
import { takeStep } from './take-step.ts'

const atOnce = 200

/** Ends records that were not taken before their deadline: the marketplace will never bill them. Returns how many. */
export async function expireDue(ctx: Ctx): Promise<number> {
  let expired = 0
  for (;;) {
    const by = new Date(ctx.now().getTime() + sendBeforeDeadlineSeconds * 1000)
    const due = await selectSealedDueBy(ctx.db, by, atOnce)
    for (const { id, attempts, code } of due) {
      await inTransaction(ctx, async (tx) => {
        const row = await lockRecord(tx.db, id)
        const reason = attempts === 0 ? 'deadline_before_first_attempt' : (code ?? 'deadline')
        if (row && (await takeStep(tx, row, 'expire', { code: reason }))) {
          tx.log.error({ usageRecordId: id, reason }, 'A usage report missed its deadline')
        }
      })
    }
    expired += due.length
    if (due.length < atOnce) return expired
  }
}
