import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { record } from '../platform/record.ts'
import { requireNoAccount } from './guards.ts'
import { loadLockedActivation } from './load-activation.ts'
import { forgetDraftProofs, updateActivation, updateDraft } from './queries.ts'

/** Forgets what was entered and begins at the landing again; possible until an account exists. */
export async function startOver(ctx: Ctx): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const activation = await loadLockedActivation(tx)
    requireNoAccount(activation)
    const { row } = activation
    await updateDraft(tx.db, row.id, null)
    await updateActivation(tx.db, row.id, { path: row.source === 'website' ? 'new' : null })
    await forgetDraftProofs(tx.db, row.id)
    await record(tx, { kind: 'activation.started_over', about: { activationId: row.id } })
  })
}
