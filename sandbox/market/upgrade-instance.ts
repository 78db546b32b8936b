import { inTransaction, productByCode, Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { notify } from '../delivery/notify.ts'
import { lockInstanceFor } from './lock-instance-for.ts'
import { insertOrder, nextIds, setSku } from './queries.ts'

/** The buyer changes to another specification of the product (upgradeInstance). The sku it already has changes nothing. Throws Refusal. */
export async function upgradeInstance(
  ctx: Ctx,
  input: { instanceId: string; skuCode: string },
): Promise<string | null> {
  const notificationId = await inTransaction(ctx, async (tx) => {
    const instance = await lockInstanceFor(tx, 'upgrade', input.instanceId)
    const product = productByCode(tx, instance.productCode)
    if (!product.skuCodes.includes(input.skuCode)) {
      throw new Refusal(400, 'wrong_input', `skuCode must be one of ${product.skuCodes.join(', ')}.`)
    }
    if (instance.skuCode === input.skuCode) return null
    const { orderId } = await nextIds(tx.db)
    const createdAt = tx.clock.now()
    await insertOrder(tx.db, {
      ...instance,
      skuCode: input.skuCode,
      orderId,
      orderType: 'UPGRADE',
      createdAt,
      requestId: null,
    })
    await setSku(tx.db, instance.instanceId, input.skuCode)
    const notification = await notify(tx, {
      instanceId: instance.instanceId,
      action: 'upgradeInstance',
      params: [
        ['instanceId', instance.vendorInstanceId ?? instance.instanceId],
        ['skuId', input.skuCode],
        ['orderId', orderId],
      ],
    })
    return notification.id
  })
  ctx.wake()
  return notificationId
}
