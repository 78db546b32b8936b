import type { UnpricedUsage } from '../rating/rate-usage.ts'
import type { LateDay } from './adjust-closed-day.ts'
import { totalKey } from './bill-line.ts'
import type { PayerDay } from './load-payers.ts'
import { planDailyBill, type DailyBill } from './plan-daily-bill.ts'
import type { StoredParkReason } from './tables.ts'

export type PayerDayPlan =
  | { state: 'planned'; bill: DailyBill; text: string; hash: string }
  | { state: 'parked'; reasons: StoredParkReason[] }

/** Plans a payer's bill from what was loaded; one without a price book is parked too. Pure. */
export function planPayerDay(payer: PayerDay, late: readonly LateDay[]): PayerDayPlan {
  const { book, boundAt: _boundAt, currency, ...rest } = payer
  if (!book) return { state: 'parked', reasons: [{ reason: 'no_price_book', currency }] }
  return planDailyBill({ ...rest, book, late, annualPackage: null })
}

/** Usage of the day itself that no price is known for, as a parked plan names it. */
export function unpricedOf(day: string, reasons: readonly StoredParkReason[]): UnpricedUsage[] {
  return reasons.flatMap((each) => (each.reason === 'no_price' && each.day === day ? [each.usage] : []))
}

/** A payer's day without some of its usage. */
export function leavingOut(payer: PayerDay, leftOut: readonly UnpricedUsage[]): PayerDay {
  const keys = new Set(leftOut.map(totalKey))
  return { ...payer, usage: payer.usage.filter((total) => !keys.has(totalKey(total))) }
}
