import type { LateDay } from './adjust-closed-day.ts'
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
  const plan = planDailyBill({ ...rest, book, late, annualPackage: null })
  return plan.state === 'planned' ? plan : { state: 'parked', reasons: plan.reasons.map((each) => ({ ...each })) }
}
