import type { Settlement } from '../../contract/workspaces.ts'
import type { Ctx } from '../context.ts'
import { readInstance } from '../marketplaces/read-instance.ts'
import { productOf } from '../marketplaces/product.ts'
import type { BindingView } from './queries.ts'

/** What pays, as the wire shows it. */
export async function presentSettlement(ctx: Ctx, binding: BindingView): Promise<Settlement> {
  if (binding.instanceId === null) return { method: 'balance' }
  const instance = await readInstance(ctx, binding.instanceId)
  return {
    method: 'marketplace',
    marketplace: instance.marketplace,
    cloudAccountRef: instance.cloudAccountRef,
    instanceRef: instance.instance_ref,
    productName: productOf(ctx, instance).name,
    instanceStatus: instance.status,
  }
}
