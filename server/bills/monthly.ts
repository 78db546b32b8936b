import type { Currency } from '../../contract/money.ts'
import { amountText, Decimal, sumOfAmounts, sumOfQuantities } from '../rating/decimal.ts'
import type { MeterCode } from '../metering/meters.ts'
import { compareTotals, linesByTotal, type BillLine } from './bill-line.ts'
import { canonicalJson, compareTexts, sha256 } from './canonical.ts'
import type { FundSource, PaidPart } from './deduction.ts'
import type { DailyBill } from './plan-daily-bill.ts'
import { addDays, daysOfMonth, monthOf, siteDayBounds } from '../workspaces/site-day.ts'

/** Day of the following month on which a monthly bill appears: "after the 3rd" is the beginning of the 4th. Source: BC/bill. */
const appearsOnDay = 4

/** When the bill of a month (`2026-01`) appears, by the clock of the site's zone. */
export function monthlyBillAvailableAt(month: string, zone: string): Date {
  const days = daysOfMonth(month)
  const firstOfNext = addDays(`${month}-01`, days.length)
  return siteDayBounds(addDays(firstOfNext, appearsOnDay - 1), zone).startsAt
}

/** A daily bill with what was moved for it. */
export interface SettledDay {
  bill: DailyBill
  deducted: readonly PaidPart[]
  refunded: readonly PaidPart[]
}

/** A month of one meter in one workspace. `amount` includes adjustments, of which `adjustments` is the part for earlier closed days. */
export interface MonthlyLine {
  workspaceId: string
  meter: MeterCode
  retentionDays: number | null
  quantity: string
  amount: string
  adjustments: string
}

/** What one payer was billed on one site in the days of a month; the sum of its daily bills, and nothing else. */
export interface MonthlyBill {
  kind: 'monthly'
  billingAccountId: string
  site: string
  month: string
  currency: Currency
  days: { day: string; total: string }[]
  lines: MonthlyLine[]
  /** Net of refunds, by kind of money; adds up to `total`. */
  paidBy: { kind: FundSource['kind']; amount: string }[]
  total: string
}

export type MonthlyBillPlan =
  | { state: 'planned'; bill: MonthlyBill; text: string; hash: string }
  | { state: 'too_early'; availableAt: Date }
  /** A day is not closed yet, or what was moved for it is not what it charges: the month waits for it. */
  | { state: 'waiting'; openDays: string[]; unsettledDays: string[] }

export interface MonthlyBillInput {
  billingAccountId: string
  site: string
  zone: string
  month: string
  currency: Currency
  now: Date
  days: readonly SettledDay[]
  /** Days of the month that are not closed yet for this payer, parked ones included. */
  openDays: readonly string[]
}

/**
 * Plans the bill of a month: the sum of its daily bills, once every day is closed and settled and the 3rd of the next month is
 * over on the site. Pure; the order of days does not matter. Throws RangeError for a bill of another payer, site, month or currency.
 */
export function planMonthlyBill(input: MonthlyBillInput): MonthlyBillPlan {
  const availableAt = monthlyBillAvailableAt(input.month, input.zone)
  if (input.now < availableAt) return { state: 'too_early', availableAt }
  const days = input.days.toSorted((a, b) => compareTexts(a.bill.day, b.bill.day))
  refuseStrangers(input, days)
  const unsettledDays = days.filter((day) => netPaid(day) !== day.bill.total).map((day) => day.bill.day)
  if (input.openDays.length > 0 || unsettledDays.length > 0) {
    return { state: 'waiting', openDays: [...input.openDays].toSorted(compareTexts), unsettledDays }
  }
  const { billingAccountId, site, month, currency } = input
  const bill: MonthlyBill = {
    kind: 'monthly',
    billingAccountId,
    site,
    month,
    currency,
    days: days.map(({ bill: { day, total } }) => ({ day, total })),
    lines: monthlyLines(
      days.flatMap((day) => day.bill.lines),
      currency,
    ),
    paidBy: paidByKind(days, currency),
    total: sumOfAmounts(
      days.map((day) => day.bill.total),
      currency,
    ),
  }
  const text = canonicalJson(bill)
  return { state: 'planned', bill, text, hash: sha256(text) }
}

function refuseStrangers(input: MonthlyBillInput, days: readonly SettledDay[]): void {
  const { billingAccountId, site, month, currency } = input
  days.forEach(({ bill }, index) => {
    const place = `days: the bill of ${bill.day}`
    if (bill.billingAccountId !== billingAccountId || bill.site !== site)
      throw new RangeError(`${place} is not of this payer and site`)
    if (monthOf(bill.day) !== month) throw new RangeError(`${place} is not in ${month}`)
    if (bill.currency !== currency) throw new RangeError(`${place} is in ${bill.currency}, not ${currency}`)
    if (days[index - 1]?.bill.day === bill.day) throw new RangeError(`${place} is given twice`)
  })
}

function netPaid({ bill, deducted, refunded }: SettledDay): string {
  return sumOfAmounts([...deducted.map((part) => part.amount), ...refunded.map(negated)], bill.currency)
}

/** An amount of a part, which is above 0, as taken back. */
function negated(part: PaidPart): string {
  return `-${part.amount}`
}

function monthlyLines(lines: readonly BillLine[], currency: Currency): MonthlyLine[] {
  const summed = linesByTotal(lines).map((group): MonthlyLine => {
    const { workspaceId, meter, retentionDays } = group[0]
    const adjustments = group.filter((line) => line.kind === 'adjustment')
    return {
      workspaceId,
      meter,
      retentionDays,
      quantity: sumOfQuantities(group.map((line) => line.quantity)),
      amount: sumOfAmounts(
        group.map((line) => line.amount),
        currency,
      ),
      adjustments: sumOfAmounts(
        adjustments.map((line) => line.amount),
        currency,
      ),
    }
  })
  return summed.toSorted(compareTotals)
}

const kindsInOrder = [
  'ordinary_voucher',
  'full_reduction_voucher',
  'prepaid_card',
  'cash',
  'debt',
  'cloud_receivable',
] as const

function paidByKind(days: readonly SettledDay[], currency: Currency): MonthlyBill['paidBy'] {
  const net = new Map<FundSource['kind'], Decimal>()
  const add = (kind: FundSource['kind'], amount: Decimal) =>
    net.set(kind, (net.get(kind) ?? new Decimal(0)).plus(amount))
  for (const { deducted, refunded } of days) {
    for (const part of deducted) add(part.source.kind, new Decimal(part.amount))
    for (const part of refunded) add(part.source.kind, new Decimal(part.amount).negated())
  }
  return kindsInOrder.flatMap((kind) => {
    const amount = net.get(kind)
    return amount ? [{ kind, amount: amountText(amount, currency) }] : []
  })
}
