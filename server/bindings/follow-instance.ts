import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import type { InstanceId } from '../../contract/ids.ts'
import { readInstance } from '../marketplaces/read-instance.ts'
import { endCountdown } from '../workspaces/end-countdown.ts'
import { startCountdown } from '../workspaces/start-countdown.ts'
import { lockWorkspace, selectSettledWorkspaces } from './queries.ts'

/**
 * Brings the workspaces an instance settles to what its status now asks: a countdown while it is closed, none while it is
 * active. Reads the present, not the news, so running late, twice or out of order ends the same.
 */
export async function followInstance(ctx: Ctx, instanceId: InstanceId): Promise<void> {
  const settled = await selectSettledWorkspaces(ctx.db, [instanceId])
  for (const { id } of settled) {
    await inTransaction(ctx, async (tx) => {
      await lockWorkspace(tx.db, id)
      const instance = await readInstance(tx, instanceId)
      const still = (await selectSettledWorkspaces(tx.db, [instanceId])).find((workspace) => workspace.id === id)
      if (!still) return
      if (instance.status !== 'active') {
        await startCountdown(tx, id, instance.status === 'released' ? 'instance_released' : 'instance_suspended')
      } else if (still.countdown_reason !== 'arrears') {
        await endCountdown(tx, id)
      }
    })
  }
}
