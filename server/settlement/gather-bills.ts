import { cloudAmountsOf, cloudAmountsSince } from '../bills/cloud-amounts.ts'
import type { CloudAmount } from '../bills/cloud-amounts.ts'
import type { Id } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { readInstance } from '../marketplaces/read-instance.ts'
import { siteDayBounds } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { contribute } from './contribute.ts'
import { meteredInstance } from './metered.ts'
import type { ConnectorFor } from './metered.ts'
import { selectContributedBills } from './queries.ts'

const daysBack = 3
const dayMilliseconds = 86_400_000

/** Puts what a bill leaves to clouds into their records, where a product is reported by amount. Doing it again changes nothing. */
export async function gatherBill(ctx: Ctx, billId: Id<'dailyBill'>, connectorFor?: ConnectorFor): Promise<void> {
  for (const amount of await cloudAmountsOf(ctx, billId)) await gatherAmount(ctx, amount, connectorFor)
}

/** The same for every bill of the last days that was not taken up, such as while the catalogue did not say how to report. */
export async function gatherBills(ctx: Ctx, connectorFor?: ConnectorFor): Promise<void> {
  const amounts = await cloudAmountsSince(ctx, new Date(ctx.now().getTime() - daysBack * dayMilliseconds))
  const taken = await selectContributedBills(
    ctx.db,
    amounts.map((each) => sourceOf(each)),
  )
  for (const amount of amounts) {
    if (!taken.has(`${amount.instanceId} ${sourceOf(amount)}`)) await gatherAmount(ctx, amount, connectorFor)
  }
}

/** A bill never changes: its amount is contributed once, to the marketplace's day in which the site's day ended. */
async function gatherAmount(ctx: Ctx, amount: CloudAmount, connectorFor?: ConnectorFor): Promise<void> {
  const instance = await readInstance(ctx, amount.instanceId)
  const metered = meteredInstance(ctx, instance, connectorFor)
  const dimension = metered?.dimensions.find((each) => each.of.kind === 'amount')
  if (!metered || dimension?.of.kind !== 'amount') return
  if (dimension.of.currency !== amount.currency) {
    const { billId, instanceId, currency } = amount
    ctx.log.error({ billId, instanceId, currency }, 'A cloud has to pay in a currency its product is not reported in')
    return
  }
  const { endsAt } = siteDayBounds(amount.day, siteSettings(ctx, amount.site).timeZone)
  const at = new Date(endsAt.getTime() - 1)
  const of = { instance, metered, dimension, source: sourceOf(amount), total: amount.amount, at }
  await inTransaction(ctx, (tx) => contribute(tx, of))
}

function sourceOf({ billId }: Pick<CloudAmount, 'billId'>): string {
  return `bill/${billId}`
}
