import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { record } from '../platform/record.ts'
import { requireNoAccount } from './guards.ts'
import { loadLockedActivation } from './load-activation.ts'
import { updateActivation } from './queries.ts'

/** Landing: which of the two ways the buyer takes. May change until an account is bound. */
export async function choosePath(ctx: Ctx, path: 'new' | 'existing'): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const activation = await loadLockedActivation(tx)
    requireNoAccount(activation)
    if (activation.row.source === 'website') throw new Problem('step_not_open')
    if (activation.row.path === path) return
    await updateActivation(tx.db, activation.row.id, { path })
    await record(tx, { kind: 'activation.path_chosen', about: { activationId: activation.row.id }, detail: { path } })
  })
}
