import type { AnnualPackage, PackageTerm } from './annual-package.ts'
import { Decimal, decimalNotNegative, decimalTextOf, smallerOf } from './decimal.ts'
import type { MeterCode } from '../metering/meters.ts'
import { priceFor, ruleId, versionInForce, type PriceBook } from './price-book.ts'
import { amountOfShares, type RatedLine, type RatedTier, type UnpricedUsage, type UsageTotal } from './rate-usage.ts'

/** A bought quantity of one meter that is used, at a lower price, before overrun is charged in full. */
export interface TrafficPack {
  id: string
  meter: MeterCode
  /** What is left of it, in what the meter counts. */
  remaining: string
  /** Share of the overrun price, as decimal text: `0.8` is 80 %. */
  priceFactor: string
}

export interface PackageUsage {
  annualPackage: AnnualPackage
  packs: readonly TrafficPack[]
  book: PriceBook
  day: string
  /** Totals of the workspaces that share the package, in the order it serves them: the first is filled before the next. */
  usage: readonly UsageTotal[]
}

export interface RatedPackageUsage {
  lines: RatedLine[]
  /** Covered by the package, and beyond it without a price. */
  unpriced: UnpricedUsage[]
  /** Totals that the package does not cover: rate them by the day. */
  outside: UsageTotal[]
  /** What each pack gave, for those that gave something. */
  packsUsed: { id: string; quantity: string }[]
}

/**
 * Prices one day of workspaces that share an annual package: within the day's quantity at 0, then from traffic packs in the
 * order given, then at the overrun price. Quantities in `tiers` are counted after the factor; a line is rounded once. Pure.
 */
export function rateAnnualPackage(input: PackageUsage): RatedPackageUsage {
  const { annualPackage, book, day } = input
  const left = new Map(Object.entries(annualPackage.perDay).map(([meter, perDay]) => [meter, new Decimal(perDay)]))
  const packs = input.packs.map((pack) => ({ ...pack, left: decimalNotNegative(pack.remaining, 'remaining') }))
  const rated: RatedPackageUsage = { lines: [], unpriced: [], outside: [], packsUsed: [] }
  for (const total of input.usage) {
    const term = annualPackage.terms.find((entry) => entry.meter === total.meter)
    const factor = term && factorOf(term, total.retentionDays)
    const covered = left.get(total.meter)
    if (!term || !factor || !covered) {
      rated.outside.push(total)
      continue
    }
    const overrun = overrunPrice(term, book, day)
    if (!overrun) {
      rated.unpriced.push({ ...total, reason: versionInForce(book, day) ? 'not_in_price_book' : 'no_version_in_force' })
      continue
    }
    const quantity = decimalNotNegative(total.quantity, 'quantity')
    const counted = quantity.times(factor)
    const free = smallerOf(counted, covered)
    left.set(total.meter, covered.minus(free))
    const fromPacks = takeFromPacks(packs, {
      meter: total.meter,
      wanted: counted.minus(free),
      unitPrice: overrun.unitPrice,
    })
    const beyond = fromPacks.reduce((rest, share) => rest.minus(share.quantity), counted.minus(free))
    const shares = [
      { quantity: free, unitPrice: '0' },
      ...fromPacks,
      { quantity: beyond, unitPrice: overrun.unitPrice },
    ]
    const { version, id, per } = overrun
    rated.lines.push({
      ...total,
      quantity: decimalTextOf(quantity),
      per,
      unitPrice: null,
      tiers: writtenShares(shares),
      amount: amountOfShares(shares, per, book.currency),
      rule: { book: book.book, version, id, model: 'flat', annualPackage: { code: annualPackage.code, factor } },
    })
  }
  rated.packsUsed = packs
    .map((pack) => ({ id: pack.id, quantity: decimalTextOf(new Decimal(pack.remaining).minus(pack.left)) }))
    .filter((pack) => pack.quantity !== '0')
  return rated
}

function factorOf(term: PackageTerm, retentionDays: number | null): string | undefined {
  if (!term.factors) return '1'
  return retentionDays === null ? undefined : term.factors[retentionDays.toString()]
}

function overrunPrice(term: PackageTerm, book: PriceBook, day: string) {
  const { overrun, meter } = term
  if ('unitPrice' in overrun) {
    const version = versionInForce(book, day)
    return version && { ...overrun, version: version.version, id: ruleId({ meter, retentionDays: null }) }
  }
  const found = priceFor(book, { meter, retentionDays: overrun.retentionDays, at: day })
  if (!found || found.rule.model !== 'flat') return undefined
  return { per: found.rule.per, unitPrice: found.rule.unitPrice, version: found.version, id: ruleId(found.rule) }
}

/** Takes what is wanted from the packs of a meter, in their order, and leaves less in them. */
function takeFromPacks(
  packs: { meter: MeterCode; left: Decimal; priceFactor: string }[],
  take: { meter: MeterCode; wanted: Decimal; unitPrice: string },
) {
  let wanted = take.wanted
  return packs
    .filter((pack) => pack.meter === take.meter)
    .map((pack) => {
      const quantity = smallerOf(wanted, pack.left)
      wanted = wanted.minus(quantity)
      pack.left = pack.left.minus(quantity)
      return { quantity, unitPrice: decimalTextOf(new Decimal(take.unitPrice).times(pack.priceFactor)) }
    })
}

function writtenShares(shares: readonly { quantity: Decimal; unitPrice: string }[]): RatedTier[] {
  return shares
    .filter((share) => !share.quantity.isZero())
    .map((share) => ({ quantity: decimalTextOf(share.quantity), unitPrice: share.unitPrice }))
}
