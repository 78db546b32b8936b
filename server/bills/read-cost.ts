import type { readCost as readCostEndpoint } from '../../contract/bills.ts'
import type { ResponseOf } from '../../contract/endpoint.ts'
import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import { payerOf } from '../bindings/payer-of.ts'
import type { SiteSettings } from '../config.ts'
import type { Ctx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import { meterOf } from '../metering/meters.ts'
import type { MeterCode } from '../metering/meters.ts'
import { amountText, Decimal, sumOfAmounts } from '../rating/decimal.ts'
import { readPriceBooks } from '../rating/read-price-books.ts'
import { priceBookFor } from '../rating/shipped-price-books.ts'
import { getWorkspace } from '../workspaces/find-workspace.ts'
import { addDays, siteDayOf } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'

import { byMeter, costByDay, rateNow } from './cost-by-day.ts'
import type { Costed, MeterAmount } from './cost-by-day.ts'
import { selectBoundAt } from './cost-queries.ts'
import { forecastDays, forecastMonth } from './forecast-month.ts'
import type { RatedDay } from './rate-day.ts'

export type Cost = ResponseOf<typeof readCostEndpoint>

/**
 * What a workspace costs: days with a bill as billed, days without one (today, and what is parked) as their usage would be billed now.
 * Usage that came late for a billed day shows with the next bill, which adjusts it. With it, what the month is expected to come to.
 */
export async function readCost(ctx: Ctx, of: { workspaceId: WorkspaceId; days: number }): Promise<Cost> {
  const { site } = await getWorkspace(ctx, of.workspaceId)
  const settings = siteSettings(ctx, site)
  const today = siteDayOf(ctx.now(), settings.timeZone)
  const begins = addDays(today, 1 - of.days)
  const billingAccountId = await payerOf(ctx, of.workspaceId)
  if (!billingAccountId) return freeOfCharge({ currency: settings.currency, today, begins })

  const costed = await whatItCostsBy(ctx, { workspaceId: of.workspaceId, site, settings, billingAccountId })
  const { currency } = costed
  const firstOfMonth = `${today.slice(0, 7)}-01`
  const from = [begins, firstOfMonth, addDays(today, -forecastDays)].toSorted()[0] ?? begins
  const byDay = await costByDay(ctx, costed, { from, to: addDays(today, -1) })
  const now = await rateNow(ctx, costed, today)
  byDay.set(today, byMeter(now, currency))
  const amountOfDay = (day: string) => totalOf(byDay.get(day) ?? [], currency)
  const todaySoFar = amountOfDay(today)
  const monthToNow = sumOfAmounts(daysFrom(firstOfMonth, today).map(amountOfDay), currency)
  const fullDays = daysFrom(laterOf(addDays(today, -forecastDays), addDays(costed.boundOn, 1)), addDays(today, -1))
  const trend = daysFrom(begins, today).map((day) => ({ day, amount: amountOfDay(day), byMeter: byDay.get(day) ?? [] }))
  return {
    charged: 'by_usage',
    currency,
    today: { day: today, total: todaySoFar, ...presentDay(now) },
    monthToNow,
    trend,
    meters: dearestFirst(trend.flatMap((point) => point.byMeter)),
    forecast: forecastMonth(
      { fullDays: fullDays.map(amountOfDay), todaySoFar, monthToNow, daysLeft: daysLeftAfter(today) },
      currency,
    ),
  }
}

async function whatItCostsBy(
  ctx: Ctx,
  of: { workspaceId: WorkspaceId; site: string; settings: SiteSettings; billingAccountId: BillingAccountId },
): Promise<Costed> {
  const { settings, ...whose } = of
  const { currency } = await readBillingAccount(ctx, of.billingAccountId)
  const book = priceBookFor(await readPriceBooks(ctx), { priceRegion: settings.priceRegion, currency })
  const boundOn = siteDayOf((await selectBoundAt(ctx.db, of.workspaceId)) ?? ctx.now(), settings.timeZone)
  return { ...whose, currency, book, boundOn }
}

function freeOfCharge(of: { currency: Currency; today: string; begins: string }): Cost {
  const nothing = amountText(new Decimal(0), of.currency)
  return {
    charged: 'free',
    currency: of.currency,
    today: { day: of.today, total: nothing, lines: [], withoutPrice: [] },
    monthToNow: nothing,
    trend: daysFrom(of.begins, of.today).map((day) => ({ day, amount: nothing, byMeter: [] })),
    meters: [],
    forecast: null,
  }
}

function daysFrom(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

function laterOf(one: string, other: string): string {
  return one > other ? one : other
}

/** Days of its month that come after a day. */
function daysLeftAfter(day: string): number {
  let left = 0
  while (addDays(day, left + 1).slice(0, 7) === day.slice(0, 7)) left += 1
  return left
}

function totalOf(amounts: readonly MeterAmount[], currency: Currency): string {
  return sumOfAmounts(
    amounts.map((each) => each.amount),
    currency,
  )
}

/** The meters of some amounts with their names, what cost the most first. */
function dearestFirst(amounts: readonly MeterAmount[]): Cost['meters'] {
  const sums = new Map<MeterCode, Decimal>()
  for (const { meter, amount } of amounts) sums.set(meter, (sums.get(meter) ?? new Decimal(0)).plus(amount))
  return [...sums]
    .toSorted(([one, a], [other, b]) => b.comparedTo(a) || one.localeCompare(other))
    .map(([meter]) => ({ meter, name: meterOf(meter).name }))
}

function presentDay({ lines, unpriced }: RatedDay): Pick<Cost['today'], 'lines' | 'withoutPrice'> {
  return {
    lines: lines.map(({ meter, retentionDays, quantity, amount }) => ({
      meter,
      meterName: meterOf(meter).name,
      retentionDays,
      quantity,
      amount,
    })),
    withoutPrice: [...new Set(unpriced.map(({ meter }) => meter))],
  }
}
