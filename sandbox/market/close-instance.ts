import type { Ctx } from '../context.ts'
import { notify } from '../delivery/notify.ts'
import type { Notification } from '../delivery/queries.ts'
import type { Instance } from './instance.ts'
import { endService, setClosed, stopTimers } from './queries.ts'

/** Closes a locked instance and tells the vendor (releaseInstance), inside the caller's transaction. */
export async function closeInstance(ctx: Ctx, instance: Instance): Promise<Notification> {
  const now = ctx.clock.now()
  await setClosed(ctx.db, instance.instanceId, now)
  await endService(ctx.db, instance.instanceId, now)
  await stopTimers(ctx.db, instance.instanceId)
  return notify(ctx, {
    instanceId: instance.instanceId,
    action: 'releaseInstance',
    params: [
      ['instanceId', instance.vendorInstanceId ?? instance.instanceId],
      ['isRefund', 'false'],
      ['orderId', instance.orderId],
    ],
  })
}
