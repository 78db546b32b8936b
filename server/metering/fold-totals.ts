import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { foldNotes, lockFold } from './fold-queries.ts'
import { recountDistinct, recountMax } from './recount-queries.ts'

/** Group commits folded in one statement: bounds its memory, not the work. */
const notesAtOnce = 64

/**
 * Adds everything committed so far to the totals. Afterwards the hourly and daily totals hold every event that was
 * acknowledged before the call; running it again changes nothing.
 */
export async function foldTotals(ctx: Ctx): Promise<void> {
  while ((await inTransaction(ctx, foldOnce)) === notesAtOnce) {
    // Each round is a commit of its own, so that readers see totals grow while a backlog is worked off.
  }
}

/** Adds everything committed so far in the caller's transaction, which then holds the fold lock until its end. */
export async function foldAllWithin(tx: TxCtx): Promise<void> {
  while ((await foldOnce(tx)) === notesAtOnce) {
    // Until none is left that this transaction can see.
  }
}

async function foldOnce(tx: TxCtx): Promise<number> {
  await lockFold(tx.db)
  const { taken, recounts } = await foldNotes(tx.db, tx.now(), notesAtOnce)
  for (const recount of recounts) await (recount.distinct ? recountDistinct : recountMax)(tx.db, recount)
  return taken
}
