import type { Id } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { selectCloudAmounts } from './cloud-queries.ts'
import type { CloudAmount } from './cloud-share.ts'

/** What a bill leaves to clouds, by instance. */
export async function cloudAmountsOf(ctx: Ctx, billId: Id<'dailyBill'>): Promise<CloudAmount[]> {
  return selectCloudAmounts(ctx.db, { billIds: [billId] })
}

/** What bills issued at or after an instant leave to clouds. */
export async function cloudAmountsSince(ctx: Ctx, since: Date): Promise<CloudAmount[]> {
  return selectCloudAmounts(ctx.db, { since })
}
