import { cloudAmountsOf, cloudAmountsSince } from '../bills/cloud-amounts.ts'
import type { CloudAmount } from '../bills/cloud-share.ts'
import type { Id } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { readInstance } from '../marketplaces/read-instance.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { siteDayBounds } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { contribute } from './contribute.ts'
import { meteredInstance } from './metered.ts'
import type { ConnectorFor, Metered } from './metered.ts'
import type { Dimension } from './metering-map.ts'
import { selectBillsTakenUp } from './queries.ts'
import { billSource } from './sources.ts'
import { takeUpBill } from './take-up-bill.ts'

const daysBack = 3
const dayMilliseconds = 86_400_000

/**
 * Takes up what a bill leaves to clouds: where a product is reported by amount, it is put into a record; where by meter, it is divided
 * over the records of its usage. Doing it again changes nothing.
 */
export async function gatherBill(ctx: Ctx, billId: Id<'dailyBill'>, connectorFor?: ConnectorFor): Promise<void> {
  for (const amount of await cloudAmountsOf(ctx, billId)) await gatherAmount(ctx, amount, connectorFor)
}

/** The same for every bill of the last days that was not taken up, such as while the catalogue did not say how to report. */
export async function gatherBills(ctx: Ctx, connectorFor?: ConnectorFor): Promise<void> {
  const amounts = await cloudAmountsSince(ctx, new Date(ctx.now().getTime() - daysBack * dayMilliseconds))
  const taken = await selectBillsTakenUp(ctx.db, amounts)
  for (const amount of amounts) {
    if (!taken.has(`${amount.instanceId} ${amount.billId}`)) await gatherAmount(ctx, amount, connectorFor)
  }
}

/** A bill never changes: its amount is taken up once. */
async function gatherAmount(ctx: Ctx, amount: CloudAmount, connectorFor?: ConnectorFor): Promise<void> {
  const instance = await readInstance(ctx, amount.instanceId)
  const metered = meteredInstance(ctx, instance, connectorFor)
  if (!metered) return
  const dimension = metered.dimensions.find((each) => each.of.kind === 'amount')
  if (dimension) await contributeAmount(ctx, { amount, instance, metered, dimension })
  else await takeUpBill(ctx, { bill: amount, instance, metered })
}

/** Into the record of the marketplace's day in which the site's day ended. */
async function contributeAmount(
  ctx: Ctx,
  of: { amount: CloudAmount; instance: InstanceRow; metered: Metered; dimension: Dimension },
): Promise<void> {
  const { amount, dimension } = of
  if (dimension.of.kind === 'amount' && dimension.of.currency !== amount.currency) {
    const { billId, instanceId, currency } = amount
    ctx.log.error({ billId, instanceId, currency }, 'A cloud has to pay in a currency its product is not reported in')
    return
  }
  const { endsAt } = siteDayBounds(amount.day, siteSettings(ctx, amount.site).timeZone)
  const at = new Date(endsAt.getTime() - 1)
  const contribution = { ...of, source: billSource(amount.billId), total: amount.amount, at }
  await inTransaction(ctx, (tx) => contribute(tx, contribution))
}
