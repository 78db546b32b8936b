import type { Currency } from '../../contract/money.ts'
import { sumOfAmounts } from '../rating/decimal.ts'
import type { PriceBook } from '../rating/price-book.ts'
import type { RatedLine, UnpricedUsage, UsageTotal } from '../rating/rate-usage.ts'
import { adjustClosedDay, type LateDay } from './adjust-closed-day.ts'
import { compareLines, refuseTwice, totalKey, type BillLine, type UsageLine } from './bill-line.ts'
import { canonicalJson, compareTexts, sha256 } from './canonical.ts'
import { rateDay, type PackageInForce, type WorkspaceTerms } from './rate-day.ts'

export interface DailyBillInput {
  billingAccountId: string
  site: string
  /** The site's day, such as `2026-01-31`. */
  day: string
  book: PriceBook
  /** Up to where usage was counted, as metering names it; part of the bytes. */
  usageCut: string
  /** Terms of every workspace that has usage or something to adjust. */
  workspaces: ReadonlyMap<string, WorkspaceTerms>
  usage: readonly UsageTotal[]
  annualPackage: PackageInForce | null
  late: readonly LateDay[]
}

/** One payer's charges on one site for one day. A value of plain texts: see `canonicalJson`. */
export interface DailyBill {
  kind: 'daily'
  billingAccountId: string
  site: string
  day: string
  currency: Currency
  usageCut: string
  lines: BillLine[]
  /** Sum of the lines' amounts; below zero when adjustments outweigh the day. */
  total: string
}

/** Why a bill is not made. The day stays open for this payer, and nobody else's day, until a person has cleared it. */
export type ParkReason =
  | { reason: 'no_price'; day: string; usage: UnpricedUsage }
  | { reason: 'no_terms'; workspaceId: string }
  | { reason: 'late_day_not_before'; day: string }

export type DailyBillPlan =
  | {
      state: 'planned'
      bill: DailyBill
      /** The bill as canonical bytes, and their SHA-256: computing again from the same input gives the same. */
      text: string
      hash: string
      /** What the day took from traffic packs. */
      packsUsed: { id: string; quantity: string }[]
    }
  | { state: 'parked'; reasons: ParkReason[] }

/**
 * Plans the bill of one payer on one site for one closed day. Pure: usage up to the cut, price book and settings in, the same
 * bytes out, in whatever order they come. Nothing without a price is left out: such a bill is parked with the reasons.
 * Throws RangeError when one total is given twice, or a quantity or amount is malformed: those are faults of the caller.
 */
export function planDailyBill(input: DailyBillInput): DailyBillPlan {
  const { book, day, workspaces, annualPackage } = input
  refuseTwice(input.usage, 'usage')
  refuseDaysTwice(input.late)
  const today = rateDay({ book, day, usage: input.usage, workspaces, annualPackage })
  const lateDays = input.late.toSorted((a, b) => compareTexts(a.day, b.day)).map((late) => adjustClosedDay(book, late))

  const unpriced = [
    { day, usage: today.unpriced },
    ...lateDays.map((late) => ({ day: late.day, usage: late.unpriced })),
  ]
  const drafts = [...today.lines.map(usageDraft), ...lateDays.flatMap((late) => late.lines)]
  const lines = drafts.flatMap((draft): BillLine[] => {
    const terms = workspaces.get(draft.workspaceId)
    return terms ? [{ ...draft, settlement: terms.settlement }] : []
  })
  const reasons: ParkReason[] = [
    ...input.late
      .filter((late) => late.day >= day)
      .map((late): ParkReason => ({ reason: 'late_day_not_before', day: late.day })),
    ...unpriced.flatMap((of) => of.usage.map((usage): ParkReason => ({ reason: 'no_price', day: of.day, usage }))),
    ...withoutTerms(drafts, workspaces),
  ]
  if (reasons.length > 0) return { state: 'parked', reasons }

  const bill = billOf(input, lines.toSorted(compareLines))
  const text = canonicalJson(bill)
  return { state: 'planned', bill, text, hash: sha256(text), packsUsed: today.packsUsed }
}

function billOf(input: DailyBillInput, lines: BillLine[]): DailyBill {
  const { billingAccountId, site, day, usageCut } = input
  const { currency } = input.book
  const total = sumOfAmounts(
    lines.map((line) => line.amount),
    currency,
  )
  return { kind: 'daily', billingAccountId, site, day, currency, usageCut, lines, total }
}

function usageDraft(line: RatedLine): Omit<UsageLine, 'settlement'> {
  return { ...line, kind: 'usage', key: totalKey(line) }
}

function withoutTerms(
  drafts: readonly { workspaceId: string }[],
  workspaces: DailyBillInput['workspaces'],
): ParkReason[] {
  const missing = new Set(drafts.map((draft) => draft.workspaceId).filter((id) => !workspaces.has(id)))
  return [...missing].toSorted(compareTexts).map((workspaceId) => ({ reason: 'no_terms', workspaceId }))
}

function refuseDaysTwice(late: readonly LateDay[]): void {
  const twice = late.find((entry, index) => late.findIndex((other) => other.day === entry.day) < index)
  if (twice) throw new RangeError(`late: ${twice.day} is given twice`)
}
