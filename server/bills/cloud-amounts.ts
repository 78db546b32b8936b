import type { BillingAccountId, Id, InstanceId } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { Ctx } from '../context.ts'
import { selectCloudAmounts } from './cloud-queries.ts'

/** What one bill leaves to one cloud instance. */
export interface CloudAmount {
  billId: Id<'dailyBill'>
  billingAccountId: BillingAccountId
  instanceId: InstanceId
  site: string
  /** The site's day the bill is for. */
  day: string
  currency: Currency
  /** Below zero where more went back to the cloud than it has to pay. */
  amount: string
}

/** What a bill leaves to clouds, by instance. */
export async function cloudAmountsOf(ctx: Ctx, billId: Id<'dailyBill'>): Promise<CloudAmount[]> {
  return selectCloudAmounts(ctx.db, { billIds: [billId] })
}

/** What bills issued at or after an instant leave to clouds. */
export async function cloudAmountsSince(ctx: Ctx, since: Date): Promise<CloudAmount[]> {
  return selectCloudAmounts(ctx.db, { since })
}
