import type { Currency } from '../../contract/money.ts'
import { amountOf, amountText, decimal, decimalTextOf, sumOfAmounts, sumOfQuantities } from '../rating/decimal.ts'
import type { PriceBook } from '../rating/price-book.ts'
import type { RatedLine, UnpricedUsage, UsageTotal } from '../rating/rate-usage.ts'
import { linesByTotal, refuseTwice, totalKey, type AdjustmentLine, type BillLine } from './bill-line.ts'
import { rateDay, type PackageInForce, type WorkspaceTerms } from './rate-day.ts'

/** What was billed for one total of one day so far: its usage line and every adjustment line that names the day. */
export interface BilledTotal extends UsageTotal {
  amount: string
}

/** A closed day for which usage arrived, or was taken back, after it was billed. */
export interface LateDay {
  day: string
  /** All totals of that day as known now, not only the late part: distinct counts and tiers do not add up. */
  usage: readonly UsageTotal[]
  /** What the payer was billed for that day so far; see `billedForDay`. */
  billed: readonly BilledTotal[]
  /** Terms of the workspaces as they stood on that day. */
  workspaces: ReadonlyMap<string, WorkspaceTerms>
  annualPackage: PackageInForce | null
}

/**
 * Rates a closed day anew, by the prices of that day, and makes an adjustment of everything that differs from what was billed. Pure.
 * Who pays the adjustment is not decided here: that goes by the terms of the bill's own day.
 */
export function adjustClosedDay(
  book: PriceBook,
  late: LateDay,
): { day: string; lines: Omit<AdjustmentLine, 'settlement'>[]; unpriced: UnpricedUsage[] } {
  refuseTwice(late.usage, `late ${late.day}`)
  refuseTwice(late.billed, `billed ${late.day}`)
  const again = rateDay({ ...late, book })
  const rated = new Map(again.lines.map((line) => [totalKey(line), line]))
  const billed = new Map(late.billed.map((total) => [totalKey(total), total]))
  const keys = [...new Set([...rated.keys(), ...billed.keys()])]
  const lines = keys.flatMap((key) => {
    const adjustment = adjustmentOf({
      day: late.day,
      currency: book.currency,
      key,
      rated: rated.get(key),
      billed: billed.get(key),
    })
    return adjustment ? [adjustment] : []
  })
  return { day: late.day, lines, unpriced: again.unpriced }
}

function adjustmentOf(of: {
  day: string
  currency: Currency
  key: string
  rated: RatedLine | undefined
  billed: BilledTotal | undefined
}): Omit<AdjustmentLine, 'settlement'> | undefined {
  const about = of.rated ?? of.billed
  if (!about) return undefined
  const before = {
    quantity: decimal(of.billed?.quantity ?? '0', 'quantity'),
    amount: amountOf(of.billed?.amount ?? '0', of.currency, 'amount'),
  }
  const quantity = decimal(of.rated?.quantity ?? '0', 'quantity').minus(before.quantity)
  const amount = amountOf(of.rated?.amount ?? '0', of.currency, 'amount').minus(before.amount)
  if (quantity.isZero() && amount.isZero()) return undefined
  return {
    kind: 'adjustment',
    key: `${of.key}@${of.day}`,
    workspaceId: about.workspaceId,
    meter: about.meter,
    retentionDays: about.retentionDays,
    adjustsDay: of.day,
    quantity: decimalTextOf(quantity),
    amount: amountText(amount, of.currency),
    billed: { quantity: decimalTextOf(before.quantity), amount: amountText(before.amount, of.currency) },
    rated: of.rated ?? null,
  }
}

/** What a payer was billed for a day so far, by total: from the lines of that day's bill and the adjustments in later ones. */
export function billedForDay(
  bills: readonly { day: string; lines: readonly BillLine[] }[],
  of: { day: string; currency: Currency },
): BilledTotal[] {
  const lines = bills.flatMap((bill) =>
    bill.lines.filter((line) => (line.kind === 'usage' ? bill.day : line.adjustsDay) === of.day),
  )
  return linesByTotal(lines).map((group) => ({
    workspaceId: group[0].workspaceId,
    meter: group[0].meter,
    retentionDays: group[0].retentionDays,
    quantity: sumOfQuantities(group.map((line) => line.quantity)),
    amount: sumOfAmounts(
      group.map((line) => line.amount),
      of.currency,
    ),
  }))
}
