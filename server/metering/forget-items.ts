import { usageLimits } from '../../contract/metering.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { deleteItemsBefore, lockFold } from './fold-queries.ts'

/** Rows deleted in one commit, so that counting is never held up for long. */
const rowsAtOnce = 20_000
const dayMs = 86_400_000

/**
 * Deletes the items of days that no usage can reach any more: they were needed to tell the new from the known. The totals
 * stay; a correction of so old a day counts its items again from the events.
 */
export async function forgetItems(ctx: Ctx): Promise<void> {
  // Two days more, for a site's day may begin and end on another date than ours.
  const before = new Date(ctx.now().getTime() - (usageLimits.lateDays + 2) * dayMs).toISOString().slice(0, 10)
  const some = () =>
    inTransaction(ctx, async (tx) => {
      await lockFold(tx.db)
      return deleteItemsBefore(tx.db, before, rowsAtOnce)
    })
  while ((await some()) === rowsAtOnce) {
    // Until none is left.
  }
}
