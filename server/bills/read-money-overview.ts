import type { readMoneyOverview as readMoneyOverviewEndpoint, SiteSpending } from '../../contract/wallet.ts'
import type { ResponseOf } from '../../contract/endpoint.ts'
import type { BillingAccountId } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { SiteSettings } from '../config.ts'
import type { Ctx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import { meterOf } from '../metering/meters.ts'
import { amountText, Decimal, sumOfAmounts } from '../rating/decimal.ts'
import { addDays, siteDayBounds, siteDayOf } from '../workspaces/site-day.ts'
import { fundsOf } from './bill-money.ts'
import { selectFunds } from './bill-queries.ts'
import { selectBilledTotal, selectFirstBoundAt, selectUnbilledDays } from './cost-queries.ts'
import { loadPayers } from './load-payers.ts'
import { rateDay } from './rate-day.ts'

type MoneyOverview = ResponseOf<typeof readMoneyOverviewEndpoint>
type Expiring = MoneyOverview['expiring'][number]

const expiringWithinMs = 7 * 86_400_000
const expiringAtMost = 20

/**
 * What an account spends and what of its money expires soon. Days with a bill count as billed, adjustments with the day that carries
 * them; days without one (today, what is parked, and a midnight ago) as their usage would be billed now.
 */
export async function readMoneyOverview(ctx: Ctx, billingAccountId: BillingAccountId): Promise<MoneyOverview> {
  const { currency } = await readBillingAccount(ctx, billingAccountId)
  const sites: SiteSpending[] = []
  for (const site of ctx.services.config.catalogue.sites) {
    const spent = await spentOnSite(ctx, { billingAccountId, currency, site })
    if (spent) sites.push(spent)
  }
  const sum = (amounts: string[]) => sumOfAmounts(amounts, currency)
  return {
    currency,
    todaySoFar: sum(sites.map(({ today }) => today.total)),
    monthToNow: sum(sites.map(({ monthToNow }) => monthToNow)),
    sites,
    expiring: await readExpiring(ctx, { billingAccountId, currency }),
  }
}

interface Payer {
  billingAccountId: BillingAccountId
  currency: Currency
}

/** Null where the account pays for nothing and was billed nothing this month. */
async function spentOnSite(ctx: Ctx, of: Payer & { site: SiteSettings }): Promise<SiteSpending | null> {
  const { billingAccountId, currency } = of
  const { code: site, timeZone } = of.site
  const today = siteDayOf(ctx.now(), timeZone)
  const month = { billingAccountId, site, from: `${today.slice(0, 7)}-01`, to: today }
  const boundAt = await selectFirstBoundAt(ctx.db, { billingAccountId, site })
  const billed = await selectBilledTotal(ctx.db, month)
  if (boundAt === null && billed === null) return null
  const now = await rateNow(ctx, { billingAccountId, currency, site, day: today })
  const waiting = boundAt === null ? [] : await unbilledBefore(ctx, month, siteDayOf(boundAt, timeZone))
  const amounts = [amountText(new Decimal(billed ?? 0), currency), now.total]
  for (const day of waiting) amounts.push((await rateNow(ctx, { billingAccountId, currency, site, day })).total)
  return {
    site,
    today: { day: today, ...now },
    monthToNow: sumOfAmounts(amounts, currency),
    nextBillAt: siteDayBounds(today, timeZone).endsAt.toISOString(),
  }
}

/** Days of the month before its last that have no bill yet. Before the first workspace was bound, nothing was charged. */
async function unbilledBefore(
  ctx: Ctx,
  month: { billingAccountId: BillingAccountId; site: string; from: string; to: string },
  boundOn: string,
): Promise<string[]> {
  const from = boundOn > month.from ? boundOn : month.from
  const to = addDays(month.to, -1)
  return to < from ? [] : selectUnbilledDays(ctx.db, { ...month, from, to })
}

/** What a day's usage as counted now would be billed at; without what no price is known for, which is named. */
async function rateNow(
  ctx: Ctx,
  of: Payer & { site: string; day: string },
): Promise<Omit<SiteSpending['today'], 'day'>> {
  const { billingAccountId, currency, site, day } = of
  const [payer] = await loadPayers(ctx, { site, day, usageCut: '', payers: [billingAccountId] })
  if (!payer) return { total: amountText(new Decimal(0), currency), withoutPrice: [] }
  const { book, usage, workspaces } = payer
  const { lines, unpriced } = book
    ? rateDay({ book, day, usage, workspaces, annualPackage: null })
    : { lines: [], unpriced: usage }
  return {
    total: sumOfAmounts(
      lines.map((line) => line.amount),
      currency,
    ),
    withoutPrice: [...new Set(unpriced.map(({ meter }) => meter))].map((meter) => meterOf(meter).name),
  }
}

async function readExpiring(ctx: Ctx, { billingAccountId, currency }: Payer): Promise<Expiring[]> {
  const funds = fundsOf(await selectFunds(ctx.db, [billingAccountId]), currency)
  const now = ctx.now().getTime()
  const of = (fund: Expiring['fund'], held: typeof funds.prepaidCards): Expiring[] =>
    held
      .filter(({ expiresAt }) => expiresAt.getTime() > now && expiresAt.getTime() <= now + expiringWithinMs)
      .map(({ id, balance, expiresAt }) => ({ fund, id, left: balance, expiresAt: expiresAt.toISOString() }))
  return [
    ...of('ordinary_voucher', funds.ordinaryVouchers),
    ...of('full_reduction_voucher', funds.fullReductionVouchers),
    ...of('prepaid_card', funds.prepaidCards),
  ]
    .toSorted((a, b) => a.expiresAt.localeCompare(b.expiresAt))
    .slice(0, expiringAtMost)
}
