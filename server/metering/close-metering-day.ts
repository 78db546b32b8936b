import type { TxCtx } from '../context.ts'
import { foldAllWithin } from './fold-totals.ts'
import { selectLastBatch } from './fold-queries.ts'
import { insertClosedDay, selectCut } from './queries.ts'

/**
 * Closes a day of a site for usage: everything acknowledged so far is in its totals, whatever is committed later is late and
 * marks its workspace's day. Holds up counting (not receiving) until the caller's transaction ends: keep that short.
 * Closing a closed day again changes nothing. Returns the cut in words, the same each time.
 */
export async function closeMeteringDay(tx: TxCtx, input: { site: string; day: string }): Promise<{ cut: string }> {
  await foldAllWithin(tx)
  const closedAt = tx.now()
  const words = `group commit ${await selectLastBatch(tx.db)}, ${closedAt.toISOString()}`
  await insertClosedDay(tx.db, input.site, input.day, closedAt, words)
  const cut = await selectCut(tx.db, input.site, input.day)
  return { cut: cut ?? words }
}
