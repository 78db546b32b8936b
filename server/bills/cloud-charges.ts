import type { Id, InstanceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { selectCloudCharges } from './cloud-queries.ts'
import type { CloudCharge } from './cloud-share.ts'

/** What a bill leaves to an instance, by what it is for. Their sum is the bill's cloud amount. */
export async function cloudChargesOf(
  ctx: Ctx,
  of: { billId: Id<'dailyBill'>; instanceId: InstanceId },
): Promise<CloudCharge[]> {
  return selectCloudCharges(ctx.db, of)
}
