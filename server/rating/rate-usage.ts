import { minorUnits, type Currency } from '../../contract/money.ts'
import { amountText, Decimal, decimalNotNegative, decimalTextOf, roundedQuotient, smallerOf } from './decimal.ts'
import type { MeterCode } from '../metering/meters.ts'
import {
  ruleId,
  versionInForce,
  type PriceBook,
  type PriceModel,
  type PriceRule,
  type PriceTier,
} from './price-book.ts'

/** What a workspace used of one meter in one day of its site, under the retention in force when it was written. */
export interface UsageTotal {
  workspaceId: string
  meter: MeterCode
  /** Null for meters with one price. */
  retentionDays: number | null
  /** Decimal text, 0 or more, in what the meter counts. */
  quantity: string
}

/** A share of a line's quantity with a price of its own. */
export interface RatedTier {
  quantity: string
  unitPrice: string
}

/** The rule a line was priced by: enough to find it again in the book, for ever. */
export interface AppliedRule {
  book: string
  version: number
  id: string
  model: PriceModel
  /** Set where an annual package covers the meter: its code, and how many the usage of one counts as in it. */
  annualPackage: { code: string; factor: string } | null
}

/** A priced total. amount = (quantity ÷ per × unitPrice, or the sum over `tiers`), rounded once, half up, to the minor unit. */
export interface RatedLine extends UsageTotal {
  per: string
  /** Null where several prices apply: see `tiers`. */
  unitPrice: string | null
  /** Shares of the quantity (times the factor of an annual package); empty where one price applies to all. */
  tiers: RatedTier[]
  amount: string
  rule: AppliedRule
}

/** A total that cannot be priced, and why. Never dropped: whoever bills decides what happens to it. */
export interface UnpricedUsage extends UsageTotal {
  reason: 'no_version_in_force' | 'not_in_price_book'
}

export interface RatedUsage {
  currency: Currency
  lines: RatedLine[]
  unpriced: UnpricedUsage[]
}

/**
 * Prices the totals of one site's day. Pure: the same book, day and totals give the same lines, in the order they came.
 * A quantity that is no decimal text of 0 or more throws RangeError; a total without a price lands in `unpriced`.
 */
export function rateUsage(input: { book: PriceBook; day: string; usage: readonly UsageTotal[] }): RatedUsage {
  const { book, day, usage } = input
  const version = versionInForce(book, day)
  const rules = new Map((version?.rules ?? []).map((rule) => [ruleId(rule), rule]))
  const lines: RatedLine[] = []
  const unpriced: UnpricedUsage[] = []
  for (const total of usage) {
    const rule = rules.get(ruleId(total))
    if (version && rule) {
      const applied = {
        book: book.book,
        version: version.version,
        id: ruleId(rule),
        model: rule.model,
        annualPackage: null,
      }
      lines.push({ ...total, ...priceQuantity(rule, total.quantity, book.currency), rule: applied })
    } else {
      unpriced.push({ ...total, reason: version ? 'not_in_price_book' : 'no_version_in_force' })
    }
  }
  return { currency: book.currency, lines, unpriced }
}

/** A quantity priced by one rule. */
export interface PricedQuantity {
  quantity: string
  per: string
  unitPrice: string | null
  tiers: RatedTier[]
  amount: string
}

/** Prices a quantity (decimal text, 0 or more) by a rule of a book in `currency`. */
export function priceQuantity(rule: PriceRule, quantityText: string, currency: Currency): PricedQuantity {
  const quantity = decimalNotNegative(quantityText, 'quantity')
  const written = { quantity: decimalTextOf(quantity), per: rule.per }
  switch (rule.model) {
    case 'flat': {
      return {
        ...written,
        unitPrice: rule.unitPrice,
        tiers: [],
        amount: amountOfShares([{ quantity, ...rule }], rule.per, currency),
      }
    }
    case 'graduated': {
      const shares = sharesOfTiers(rule.tiers, quantity)
      const tiers = shares.map((share) => ({ quantity: decimalTextOf(share.quantity), unitPrice: share.unitPrice }))
      return { ...written, unitPrice: null, tiers, amount: amountOfShares(shares, rule.per, currency) }
    }
    case 'volume': {
      const { unitPrice } = tierHolding(rule.tiers, quantity)
      return { ...written, unitPrice, tiers: [], amount: amountOfShares([{ quantity, unitPrice }], rule.per, currency) }
    }
    case 'package': {
      const packages = startedPackages(quantity, new Decimal(rule.per))
      return {
        ...written,
        unitPrice: rule.unitPrice,
        tiers: [],
        amount: amountOfShares([{ quantity: packages, ...rule }], '1', currency),
      }
    }
  }
}

/** Shares of a quantity, each with its price per `per`, as one amount: summed exactly, divided once, rounded once. */
export function amountOfShares(
  shares: readonly { quantity: Decimal; unitPrice: string }[],
  per: string,
  currency: Currency,
): string {
  const numerator = shares.reduce((sum, share) => sum.plus(share.quantity.times(share.unitPrice)), new Decimal(0))
  return amountText(roundedQuotient(numerator, new Decimal(per), minorUnits[currency]), currency)
}

function sharesOfTiers(tiers: readonly PriceTier[], quantity: Decimal) {
  let from = new Decimal(0)
  const shares: { quantity: Decimal; unitPrice: string }[] = []
  for (const tier of tiers) {
    const end = tier.upTo === null ? quantity : smallerOf(quantity, new Decimal(tier.upTo))
    if (!end.greaterThan(from)) break
    shares.push({ quantity: end.minus(from), unitPrice: tier.unitPrice })
    from = end
  }
  return shares
}

function tierHolding(tiers: readonly PriceTier[], quantity: Decimal): PriceTier {
  const tier = tiers.find((entry) => entry.upTo === null || quantity.lessThanOrEqualTo(entry.upTo))
  if (!tier) throw new RangeError('tiers: the last one must have no end')
  return tier
}

function startedPackages(quantity: Decimal, size: Decimal): Decimal {
  const whole = quantity.dividedToIntegerBy(size)
  return whole.times(size).lessThan(quantity) ? whole.plus(1) : whole
}
