import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { Ctx } from '../context.ts'
import type { MeterCode } from '../metering/meters.ts'
import { usageOfDay } from '../metering/usage-of-day.ts'
import { amountText, Decimal, sumOfAmounts } from '../rating/decimal.ts'
import type { PriceBook } from '../rating/price-book.ts'
import { selectLogsBy } from './close-queries.ts'
import { selectBilledByDay, selectUnbilledDays } from './cost-queries.ts'
import { rateDay, type RatedDay } from './rate-day.ts'

/** Whose cost is asked for, and by which prices. */
export interface Costed {
  workspaceId: WorkspaceId
  site: string
  billingAccountId: BillingAccountId
  currency: Currency
  book: PriceBook | undefined
  /** The site's day from which somebody paid; nothing was charged before. */
  boundOn: string
}

/** What a meter of a workspace costs on a day, over all retentions. */
export interface MeterAmount {
  meter: MeterCode
  amount: string
}

/** What each day of a span costs, by meter: as billed where there is a bill, else as its usage would be billed now. */
export async function costByDay(
  ctx: Ctx,
  costed: Costed,
  { from, to }: { from: string; to: string },
): Promise<Map<string, MeterAmount[]>> {
  const { workspaceId, currency, boundOn } = costed
  const byDay = new Map<string, MeterAmount[]>()
  if (to < from) return byDay
  for (const { day, meter, amount } of await selectBilledByDay(ctx.db, { workspaceId, from, to })) {
    byDay.set(day, [...(byDay.get(day) ?? []), { meter, amount: amountText(new Decimal(amount), currency) }])
  }
  const charged = { from: boundOn > from ? boundOn : from, to }
  for (const day of await selectUnbilledDays(ctx.db, { ...costed, ...charged })) {
    if (!byDay.has(day)) byDay.set(day, byMeter(await rateNow(ctx, costed, day), currency))
  }
  return byDay
}

/** A day's usage so far, as it would be billed now. */
export async function rateNow(ctx: Ctx, { workspaceId, site, book }: Costed, day: string): Promise<RatedDay> {
  const { usage } = await usageOfDay(ctx, { workspaceIds: [workspaceId], site, day, upTo: 'now' })
  if (!book) {
    return { lines: [], unpriced: usage.map((total) => ({ ...total, reason: 'not_in_price_book' })), packsUsed: [] }
  }
  const [chosen] = await selectLogsBy(ctx.db, [workspaceId], day)
  const terms = { settlement: { method: 'balance' } as const, logsBy: chosen?.logsBy ?? 'logs' }
  return rateDay({ book, day, usage, workspaces: new Map([[workspaceId, terms]]), annualPackage: null })
}

/** The lines of a rated day, those of one meter added up. */
export function byMeter({ lines }: RatedDay, currency: Currency): MeterAmount[] {
  const meters = new Map<MeterCode, string[]>()
  for (const { meter, amount } of lines) meters.set(meter, [...(meters.get(meter) ?? []), amount])
  return [...meters].map(([meter, amounts]) => ({ meter, amount: sumOfAmounts(amounts, currency) }))
}
