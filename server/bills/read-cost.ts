import type { readCost as readCostEndpoint } from '../../contract/bills.ts'
import type { ResponseOf } from '../../contract/endpoint.ts'
import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import { payerOf } from '../bindings/payer-of.ts'
import type { Ctx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import { meterOf } from '../metering/meters.ts'
import { usageOfDay } from '../metering/usage-of-day.ts'
import { amountText, Decimal, sumOfAmounts } from '../rating/decimal.ts'
import type { PriceBook } from '../rating/price-book.ts'
import { readPriceBooks } from '../rating/read-price-books.ts'
import { priceBookFor } from '../rating/shipped-price-books.ts'
import { getWorkspace } from '../workspaces/find-workspace.ts'
import { addDays, siteDayOf } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { selectLogsBy } from './close-queries.ts'
import { selectBilledByDay, selectBoundAt, selectUnbilledDays } from './cost-queries.ts'
import { rateDay, type RatedDay } from './rate-day.ts'

export type Cost = ResponseOf<typeof readCostEndpoint>

interface Costed {
  workspaceId: WorkspaceId
  site: string
  timeZone: string
  billingAccountId: BillingAccountId
  currency: Currency
  book: PriceBook | undefined
}

/**
 * What a workspace costs: days with a bill as billed, days without one (today, and what is parked) as their usage would be billed now.
 * Usage that came late for a billed day shows with the next bill, which adjusts it.
 */
export async function readCost(ctx: Ctx, of: { workspaceId: WorkspaceId; days: number }): Promise<Cost> {
  const { site } = await getWorkspace(ctx, of.workspaceId)
  const settings = siteSettings(ctx, site)
  const today = siteDayOf(ctx.now(), settings.timeZone)
  const begins = addDays(today, 1 - of.days)
  const billingAccountId = await payerOf(ctx, of.workspaceId)
  if (!billingAccountId) return freeOfCharge({ currency: settings.currency, today, begins })

  const { currency } = await readBillingAccount(ctx, billingAccountId)
  const book = priceBookFor(await readPriceBooks(ctx), { priceRegion: settings.priceRegion, currency })
  const costed: Costed = {
    workspaceId: of.workspaceId,
    site,
    timeZone: settings.timeZone,
    billingAccountId,
    currency,
    book,
  }
  const firstOfMonth = `${today.slice(0, 7)}-01`
  const from = begins < firstOfMonth ? begins : firstOfMonth
  const byDay = await amountsByDay(ctx, costed, { from, until: today })
  const now = await rateNow(ctx, costed, today)
  byDay.set(today, totalOf(now, currency))
  const amountOfDay = (day: string) => byDay.get(day) ?? amountText(new Decimal(0), currency)
  return {
    charged: 'by_usage',
    currency,
    today: { day: today, total: amountOfDay(today), ...presentDay(now) },
    monthToNow: sumOfAmounts(daysFrom(firstOfMonth, today).map(amountOfDay), currency),
    trend: daysFrom(begins, today).map((day) => ({ day, amount: amountOfDay(day) })),
  }
}

function freeOfCharge(of: { currency: Currency; today: string; begins: string }): Cost {
  const nothing = amountText(new Decimal(0), of.currency)
  return {
    charged: 'free',
    currency: of.currency,
    today: { day: of.today, total: nothing, lines: [], withoutPrice: [] },
    monthToNow: nothing,
    trend: daysFrom(of.begins, of.today).map((day) => ({ day, amount: nothing })),
  }
}

function daysFrom(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

/** Amounts of the days before `until`. */
async function amountsByDay(
  ctx: Ctx,
  costed: Costed,
  span: { from: string; until: string },
): Promise<Map<string, string>> {
  const { workspaceId, currency } = costed
  const past = { from: span.from, to: addDays(span.until, -1) }
  if (past.to < past.from) return new Map()
  const billed = await selectBilledByDay(ctx.db, { workspaceId, ...past })
  const amounts = new Map(billed.map((each) => [each.day, amountText(new Decimal(each.amount), currency)]))
  // Before somebody paid for it, nothing was charged.
  const boundOn = siteDayOf((await selectBoundAt(ctx.db, workspaceId)) ?? ctx.now(), costed.timeZone)
  const charged = { from: boundOn > past.from ? boundOn : past.from, to: past.to }
  for (const day of await selectUnbilledDays(ctx.db, { ...costed, ...charged })) {
    if (!amounts.has(day)) amounts.set(day, totalOf(await rateNow(ctx, costed, day), currency))
  }
  return amounts
}

async function rateNow(ctx: Ctx, { workspaceId, site, book }: Costed, day: string): Promise<RatedDay> {
  const { usage } = await usageOfDay(ctx, { workspaceIds: [workspaceId], site, day, upTo: 'now' })
  if (!book) {
    return { lines: [], unpriced: usage.map((total) => ({ ...total, reason: 'not_in_price_book' })), packsUsed: [] }
  }
  const [chosen] = await selectLogsBy(ctx.db, [workspaceId], day)
  const terms = { settlement: { method: 'balance' } as const, logsBy: chosen?.logsBy ?? 'logs' }
  return rateDay({ book, day, usage, workspaces: new Map([[workspaceId, terms]]), annualPackage: null })
}

function totalOf({ lines }: RatedDay, currency: Currency): string {
  return sumOfAmounts(
    lines.map((line) => line.amount),
    currency,
  )
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
