import { inTransaction, productByCode, Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import type { Parameter } from '../alibaba/spi-token.ts'
import { notify } from '../delivery/notify.ts'
import { buyerById, insertInstance, insertOrder, lockRequest, nextIds, orderByRequest } from './queries.ts'
import type { Order } from './queries.ts'

export interface Purchased {
  order: Order
  /** The createInstance notification to attempt; null when this form was sent before. */
  notificationId: string | null
}

/**
 * A buyer activates a pay-as-you-go product: order, instance in OPENING, and createInstance for the vendor, in one commit. The
 * same `requestId` again answers the same order. Throws Refusal not_found for an unknown buyer, product or sku.
 */
export async function purchase(
  ctx: Ctx,
  input: { accountId: string; productCode: string; skuCode: string | null; requestId: string | null },
): Promise<Purchased> {
  const product = productByCode(ctx, input.productCode)
  const skuCode = input.skuCode ?? product.skuCodes[0]
  if (skuCode === undefined || !product.skuCodes.includes(skuCode)) {
    throw new Refusal(
      404,
      'not_found',
      `Product ${product.code} has no sku ${skuCode}; it has ${product.skuCodes.join(', ')}.`,
    )
  }
  const purchased = await inTransaction(ctx, async (tx) => {
    if (!(await buyerById(tx.db, input.accountId)))
      throw new Refusal(404, 'not_found', `There is no account ${input.accountId}.`)
    if (input.requestId !== null) {
      await lockRequest(tx.db, input.requestId)
      const before = await orderByRequest(tx.db, input.requestId)
      if (before) return { order: before, notificationId: null }
    }
    const ids = await nextIds(tx.db)
    const order: Order = {
      ...ids,
      accountId: input.accountId,
      productCode: product.code,
      skuCode,
      orderType: 'NEW',
      createdAt: tx.clock.now(),
    }
    await insertInstance(tx.db, { ...order, billableItems: product.billableItems })
    await insertOrder(tx.db, { ...order, requestId: input.requestId })
    const params = createInstanceParams(order, product.billableItems)
    const notification = await notify(tx, { instanceId: order.instanceId, action: 'createInstance', params })
    return { order, notificationId: notification.id }
  })
  ctx.wake()
  return purchased
}

/** Parameters of createInstance; `expiredOn` is absent because the goods are pay-as-you-go. Source: SPI page createInstance. */
function createInstanceParams(order: Order, billableItems: Record<string, string>): Parameter[] {
  return [
    ['aliUid', order.accountId],
    ['orderBizId', order.instanceId],
    ['orderId', order.orderId],
    ['productCode', order.productCode],
    ['skuId', order.skuCode],
    ['trial', 'false'],
    ...Object.entries(billableItems),
  ]
}
