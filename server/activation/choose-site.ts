import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { record } from '../platform/record.ts'
import { refuseReleased, requireOfferedSite } from './guards.ts'
import { loadLockedActivation } from './load-activation.ts'
import { updateActivation } from './queries.ts'

/**
 * Site for workspaces created from here on; has nothing to do with the binding of accounts. Once this activation has
 * registered a console account its site is that account's. Throws `site_not_offered`, `step_not_open`.
 */
export async function chooseSite(ctx: Ctx, site: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const activation = await loadLockedActivation(tx)
    refuseReleased(activation)
    requireOfferedSite(activation, site)
    if (activation.row.site === site) return
    if (activation.progress.awaitsMethod && activation.account) throw new Problem('step_not_open')
    await updateActivation(tx.db, activation.row.id, { site })
    await record(tx, { kind: 'activation.site_chosen', about: { activationId: activation.row.id }, detail: { site } })
  })
}
