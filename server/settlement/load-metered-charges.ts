import type { CloudAmount, CloudCharge } from '../bills/cloud-share.ts'
import { settledSpans } from '../bindings/settled-spans.ts'
import type { InstanceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { usageOfHours } from '../metering/usage-of-hours.ts'
import { sumOfQuantities } from '../rating/decimal.ts'
import { siteDayBounds } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'
import type { MeteredCharge } from './divide-bill.ts'
import { paysHour } from './hours-settled.ts'
import type { Metered } from './metered.ts'
import { selectHeldUsage } from './metered-bill-queries.ts'
import type { HeldUsage } from './metered-bill-queries.ts'
import { hoursOf, usageSource } from './sources.ts'

/** A charge with the hours its usage is of. */
type DatedCharge = CloudCharge & { hours: readonly Date[] }

/**
 * Finds where the usage a bill charges a cloud for was put. What goes back to the cloud is not looked for: it lowers the whole. Usage
 * of an adjustment is in the reports of the bill's own day, which took it late; where there are none, in those of the day it is of.
 */
export async function loadMeteredCharges(
  ctx: Ctx,
  of: { bill: CloudAmount; metered: Metered; charges: readonly CloudCharge[] },
): Promise<MeteredCharge[]> {
  const { bill, metered } = of
  const charges = of.charges
    .filter((charge) => !charge.amount.startsWith('-'))
    .map((charge) => ({ ...charge, hours: hoursOf(siteDaySpan(ctx, { ...bill, day: charge.usageDay })) }))
  const held = await heldBySource(ctx, bill.instanceId, charges)
  const elsewhere = await usageElsewhere(ctx, bill.instanceId, charges)
  const { from: dayBegins } = siteDaySpan(ctx, bill)
  return charges.map((charge) => {
    const own = charge.hours
      .flatMap((hour) => held.get(usageSource(charge.workspaceId, hour)) ?? [])
      .filter((each) => each.meter === charge.meter)
    const late = charge.kind === 'adjustment' ? own.filter((each) => each.periodFrom >= dayBegins) : []
    if (late.length > 0) return { amount: charge.amount, reported: late, unreported: '0' }
    // A meter the product is not reported by: all of it, whatever it weighs.
    if (own.length === 0 && !isReportedBy(metered, charge))
      return { amount: charge.amount, reported: [], unreported: '1' }
    return { amount: charge.amount, reported: own, unreported: sumOfQuantities(elsewhere.get(nameOf(charge)) ?? []) }
  })
}

/** From when until when a site's day is. */
export function siteDaySpan(ctx: Ctx, of: { site: string; day: string }): { from: Date; until: Date } {
  const { startsAt, endsAt } = siteDayBounds(of.day, siteSettings(ctx, of.site).timeZone)
  return { from: startsAt, until: endsAt }
}

function isReportedBy(metered: Metered, { meter }: CloudCharge): boolean {
  return metered.dimensions.some((each) => each.of.kind === 'meter' && each.of.meter === meter)
}

async function heldBySource(
  ctx: Ctx,
  instanceId: InstanceId,
  charges: readonly DatedCharge[],
): Promise<Map<string, HeldUsage[]>> {
  const sources = new Set(
    charges.flatMap(({ workspaceId, hours }) => hours.map((hour) => usageSource(workspaceId, hour))),
  )
  const held = new Map([...sources].map((source): [string, HeldUsage[]] => [source, []]))
  for (const each of await selectHeldUsage(ctx.db, { instanceId, sources: [...sources] })) {
    held.get(each.source)?.push(each)
  }
  return held
}

/**
 * Usage of hours the instance did not pay, such as before it became what pays the workspace: the bill goes by who pays at the end of
 * the day, reports by who pays each hour. By charge.
 */
async function usageElsewhere(
  ctx: Ctx,
  instanceId: InstanceId,
  charges: readonly DatedCharge[],
): Promise<Map<string, string[]>> {
  const spans = await settledSpans(ctx, [instanceId])
  const isElsewhere = (workspaceId: string, hour: Date) =>
    !spans.some((span) => span.workspaceId === workspaceId && paysHour(span, hour))
  const found = new Map<string, string[]>()
  for (const usageDay of new Set(charges.map((charge) => charge.usageDay))) {
    const ofDay = charges.filter((charge) => charge.usageDay === usageDay)
    const changing = ofDay.filter(({ workspaceId, hours }) => hours.some((hour) => isElsewhere(workspaceId, hour)))
    const workspaceIds = [...new Set(changing.map((charge) => charge.workspaceId))]
    const [first] = changing
    if (!first) continue
    for (const row of await usageOfHours(ctx, { workspaceIds, ...boundsOf(first.hours) })) {
      if (!isElsewhere(row.workspaceId, row.hour)) continue
      const name = nameOf({ ...row, usageDay })
      found.set(name, [...(found.get(name) ?? []), row.quantity])
    }
  }
  return found
}

function boundsOf(hours: readonly Date[]): { from: Date; to: Date } {
  const [first = new Date(0)] = hours
  return { from: first, to: new Date((hours.at(-1) ?? first).getTime() + 1) }
}

function nameOf(of: { workspaceId: string; meter: string; usageDay: string }): string {
  return JSON.stringify([of.workspaceId, of.meter, of.usageDay])
}
