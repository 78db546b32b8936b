import type { Id, InstanceId, WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import type { MeterCode } from '../metering/meters.ts'
import type { BillLine } from './bill-line.ts'
import { selectCloudCharges } from './cloud-queries.ts'

/** What one bill leaves to one cloud instance for one meter of a workspace's usage of one day. */
export interface CloudCharge {
  workspaceId: WorkspaceId
  meter: MeterCode
  kind: BillLine['kind']
  /** The site's day of the usage: the bill's own, or the one an adjustment sets right. */
  usageDay: string
  /** Below zero where it went back to the cloud. */
  amount: string
}

/** What a bill leaves to an instance, by what it is for. Their sum is the bill's cloud amount. */
export async function cloudChargesOf(
  ctx: Ctx,
  of: { billId: Id<'dailyBill'>; instanceId: InstanceId },
): Promise<CloudCharge[]> {
  return selectCloudCharges(ctx.db, of)
}
