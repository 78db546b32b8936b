import type { Ctx } from '../context.ts'
import { inTransaction } from '../context.ts'
import { notify } from '../delivery/notify.ts'
import { closeInstance } from './close-instance.ts'
import { endService, lockInstance, setStatus, setTimer, takeTimer } from './queries.ts'

/**
 * Arrears that lasted: first the instance expires and the vendor is told to freeze it (expiredInstance), and after the retention
 * it is released (releaseInstance). Source: SPI guide, pay-as-you-go goods; both spans are knobs.
 */
export async function fireTimer(ctx: Ctx, timerId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const timer = await takeTimer(tx.db, timerId)
    if (!timer) return
    const instance = await lockInstance(tx.db, timer.instanceId)
    if (!instance || instance.status === 'CLOSED') return
    if (timer.kind === 'release') {
      await closeInstance(tx, instance)
      return
    }
    const now = tx.clock.now()
    await setStatus(tx.db, instance.instanceId, 'EXPIRED')
    await endService(tx.db, instance.instanceId, now)
    await setTimer(tx.db, {
      instanceId: instance.instanceId,
      kind: 'release',
      dueAt: new Date(now.getTime() + tx.knobs().arrearsRetentionMs),
    })
    await notify(tx, {
      instanceId: instance.instanceId,
      action: 'expiredInstance',
      params: [['instanceId', instance.vendorInstanceId ?? instance.instanceId]],
    })
  })
}
