import type { TxCtx } from '../context.ts'
import {
  insertVoid,
  isStored,
  isTarget,
  keyExists,
  markCorrected,
  noteUncounted,
  unmarkCorrected,
} from './correction-queries.ts'
import type { CorrectionRow } from './correction-queries.ts'
import { insertEvents } from './event-queries.ts'

/** What became of a correction. */
export type Corrected = 'inserted' | 'duplicate' | 'unknown_target' | 'already_corrected' | 'id_taken'

/**
 * Applies one correction: its target stops counting, and its replacement, if any, counts. The same correction again is a
 * duplicate; a second one of the same target is refused, since only one of them can be what happened,
 * and so is one that bears the identity of some other event.
 */
export async function correctUsage(tx: TxCtx, correction: CorrectionRow): Promise<Corrected> {
  const { db } = tx
  if (await isStored(db, correction)) return 'duplicate'
  if (await keyExists(db, correction.key)) return 'id_taken'
  if (!(await isTarget(db, correction))) return 'unknown_target'
  const receivedAt = tx.now()
  if (!(await markCorrected(db, correction, receivedAt)))
    return (await isStored(db, correction)) ? 'duplicate' : 'already_corrected'
  const kept = correction.replacement
    ? (await insertEvents(db, receivedAt, [correction.replacement])) === null
    : await insertVoid(db, correction, receivedAt)
  if (!kept) {
    await unmarkCorrected(db, correction)
    return 'id_taken'
  }
  await noteUncounted(db, correction.target)
  return 'inserted'
}
