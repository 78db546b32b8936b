import type { CloudAmount } from '../bills/cloud-share.ts'
import { cloudChargesOf } from '../bills/cloud-charges.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { divideBill } from './divide-bill.ts'
import { gatherInstances } from './gather-usage.ts'
import { loadMeteredCharges, siteDaySpan } from './load-metered-charges.ts'
import { insertMeteredBill } from './metered-bill-queries.ts'
import type { Metered } from './metered.ts'

/**
 * Divides what a bill leaves to an instance over the reports that hold its usage, where the product is reported by meter. Once for
 * ever: usage that comes later is charged by a later bill. Doing it again changes nothing.
 */
export async function takeUpBill(
  ctx: Ctx,
  of: { bill: CloudAmount; instance: InstanceRow; metered: Metered },
): Promise<void> {
  const { bill, instance, metered } = of
  const charges = await cloudChargesOf(ctx, bill)
  const [firstDay = bill.day] = charges.map((charge) => charge.usageDay).toSorted()
  const { from: since } = siteDaySpan(ctx, { site: bill.site, day: firstDay })
  // All that the bill charges for is in reports first, also what came days late.
  await gatherInstances(ctx, { instances: [instance], metered, since })
  const found = await loadMeteredCharges(ctx, { bill, metered, charges })
  const divided = divideBill({ currency: bill.currency, charges: found })
  await inTransaction(ctx, (tx) => insertMeteredBill(tx.db, { ...bill, divided, at: tx.now() }))
}
