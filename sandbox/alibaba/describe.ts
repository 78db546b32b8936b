import type { Ctx } from '../context.ts'
import type { Instance } from '../market/instance.ts'
import { instanceById, orderById } from '../market/queries.ts'
import { ApiError } from './api-error.ts'

/**
 * DescribeInstanceForIsv(InstanceId): the instance as the seller sees it; it does not name the buyer. Times in milliseconds.
 * Source: API page of the same name; field names as the official SDK 4.3.1 reads them.
 */
export async function describeInstanceForIsv(
  ctx: Ctx,
  params: Record<string, string>,
): Promise<Record<string, unknown>> {
  const instance = await instanceById(ctx.db, params['InstanceId'] ?? '')
  if (!instance) throw new ApiError('instance')
  return {
    InstanceId: Number(instance.instanceId),
    OrderId: Number(instance.orderId),
    ProductCode: instance.productCode,
    ProductName: nameOf(ctx, instance.productCode),
    ProductSkuCode: instance.skuCode,
    ProductType: 'APP',
    SupplierName: ctx.options.vendorName,
    Status: instance.status,
    IsTrial: false,
    AutoRenewal: 'false',
    CreatedOn: instance.createdAt.getTime(),
    ...(instance.openedAt ? { BeganOn: instance.openedAt.getTime() } : {}),
    ...(await endOf(ctx, instance)),
    AppJson: JSON.stringify(instance.appInfo),
    HostJson: JSON.stringify(instance.hostInfo),
    ExtendJson: JSON.stringify(instance.remarks),
    ComponentJson: JSON.stringify({ package_version: instance.skuCode, ...instance.billableItems }),
    RelationalData: { ServiceStatus: instance.status },
  }
}

/** A pay-as-you-go instance has an end only once it has ended. */
async function endOf(ctx: Ctx, instance: Instance): Promise<{ EndOn?: number }> {
  if (instance.status === 'OPENING' || instance.status === 'OPENED') return {}
  const { rows } = await ctx.db.query<{ endedAt: Date | null }>(
    `select max(ended_at) as "endedAt" from marketplace_sandbox.service_periods where instance_id = $1`,
    [instance.instanceId],
  )
  const endedAt = rows[0]?.endedAt ?? instance.closedAt
  return endedAt ? { EndOn: endedAt.getTime() } : {}
}

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
    ProductName: nameOf(ctx, order.productCode),
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

function nameOf(ctx: Ctx, productCode: string): string {
  return ctx.options.products.find(({ code }) => code === productCode)?.name.zh ?? productCode
}
