import { chinaTimeText } from '../clock.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import type { Parameter } from '../alibaba/spi-token.ts'
import { notify } from '../delivery/notify.ts'
import type { Instance } from './instance.ts'
import { lockInstanceFor } from './lock-instance-for.ts'
import { beginService, insertOrder, nextIds, setArrears, setStatus, stopTimers } from './queries.ts'

/** When pay-as-you-go goods "expire" at the vendor: never, written as a far day. */
const FAR_FUTURE = '2999-09-01 00:00:00'

/**
 * The buyer settles the arrears. An instance still in its grace simply goes on; a frozen one is renewed (renewInstance), as the
 * SPI guide says of pay-as-you-go goods. Answers the notification sent, if any. Throws Refusal.
 */
export async function payArrears(ctx: Ctx, instanceId: string): Promise<string | null> {
  const notificationId = await inTransaction(ctx, async (tx) => {
    const instance = await lockInstanceFor(tx, 'payArrears', instanceId)
    await stopTimers(tx.db, instanceId)
    await setArrears(tx.db, instanceId, null)
    return instance.status === 'EXPIRED' ? renew(tx, instance) : null
  })
  ctx.wake()
  return notificationId
}

async function renew(ctx: Ctx, instance: Instance): Promise<string> {
  const now = ctx.clock.now()
  const { orderId } = await nextIds(ctx.db)
  await insertOrder(ctx.db, { ...instance, orderId, orderType: 'RENEW', createdAt: now, requestId: null })
  await setStatus(ctx.db, instance.instanceId, 'OPENED')
  await beginService(ctx.db, instance.instanceId, now)
  const expiredOn = {
    future: [['expiredOn', FAR_FUTURE]],
    past: [['expiredOn', chinaTimeText(new Date(now.getTime() - 1_000))]],
    absent: [],
  } satisfies Record<string, Parameter[]>
  const notification = await notify(ctx, {
    instanceId: instance.instanceId,
    action: 'renewInstance',
    params: [
      ['instanceId', instance.vendorInstanceId ?? instance.instanceId],
      ['orderId', orderId],
      ...expiredOn[ctx.knobs().renewExpiredOn],
    ],
  })
  return notification.id
}
