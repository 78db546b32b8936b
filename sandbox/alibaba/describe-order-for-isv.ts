import type { Ctx } from '../context.ts'
import { orderById } from '../market/queries.ts'
import { ApiError } from './api-error.ts'
import { productName } from './product-name.ts'

/**
 * DescribeOrderForIsv(OrderId): the order with the buyer's AliUid and the instances it concerns. Prices are 0: pay-as-you-go.
 * Source: API page of the same name.
 */
export async function describeOrderForIsv(ctx: Ctx, params: Record<string, string>): Promise<Record<string, unknown>> {
  const order = await orderById(ctx.db, params['OrderId'] ?? '')
  if (!order) throw new ApiError('parameter')
  return {
    OrderId: Number(order.orderId),
    AliUid: Number(order.accountId),
    OrderType: order.orderType,
    OrderStatus: 'NORMAL',
    PayStatus: 'PAID',
    ProductCode: order.productCode,
    ProductName: productName(ctx, order.productCode),
    ProductSkuCode: order.skuCode,
    InstanceIds: [order.instanceId],
    Components: { package_version: order.skuCode },
    Quantity: 1,
    AccountQuantity: 1,
    OriginalPrice: 0,
    TotalPrice: 0,
    PaymentPrice: 0,
    CouponPrice: 0,
    CreatedOn: order.createdAt.getTime(),
    PaidOn: order.createdAt.getTime(),
  }
}
