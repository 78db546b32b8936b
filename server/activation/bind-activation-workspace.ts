import type { WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import { payerOf } from '../bindings/payer-of.ts'
import { setSettlement } from '../bindings/set-settlement.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { requireInstance, requireProvenAccount } from './guards.ts'
import { loadLockedActivation } from './load-activation.ts'

/**
 * Bind → Confirm: the purchased instance pays for the workspace from now on. Binding again changes nothing.
 * Throws `not_found` for a workspace of another account, `workspace_not_bindable` when a live instance has it meanwhile.
 */
export async function bindActivationWorkspace(ctx: Ctx, workspaceId: WorkspaceId): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const activation = await loadLockedActivation(tx)
    const account = requireProvenAccount(activation)
    const instance = requireInstance(activation)
    if ((await payerOf(tx, workspaceId)) !== account.id) throw new Problem('not_found')
    try {
      await setSettlement(tx, { workspaceId, billingAccountId: account.id, instance })
    } catch (error) {
      // In this list the reason is always that somebody bound it while the buyer was looking.
      if (error instanceof Problem && error.code === 'settlement_cloud_alive')
        throw new Problem('workspace_not_bindable')
      throw error
    }
  })
}
