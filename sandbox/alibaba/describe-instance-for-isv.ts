import type { Ctx } from '../context.ts'
import type { Instance } from '../market/instance.ts'
import { instanceById } from '../market/queries.ts'
import { ApiError } from './api-error.ts'
import { productName } from './product-name.ts'
import { lastServiceEnd } from './queries.ts'

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
    ProductName: productName(ctx, instance.productCode),
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
  const endedAt = (await lastServiceEnd(ctx.db, instance.instanceId)) ?? instance.closedAt
  return endedAt ? { EndOn: endedAt.getTime() } : {}
}
