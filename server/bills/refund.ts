import type { Currency } from '../../contract/money.ts'
import { amountNotNegativeOf, amountOf, amountText, smallerOf, type Decimal } from '../rating/decimal.ts'
import { compareTexts } from './canonical.ts'
import type { FundSource, PaidPart } from './deduction.ts'

/** Money to give back for one adjustment line below zero. */
export interface Refund {
  /** Key of the adjustment line. */
  key: string
  /** How much, above 0. */
  amount: string
  /** What paid the total being corrected and was not given back yet, in the order of payment: see `stillPaid`. Covers `amount`. */
  paidBy: readonly { source: FundSource; amount: string }[]
}

/**
 * Decides where money goes back to when a closed day turns out cheaper: to what paid it, last payment first, so a voucher never
 * becomes cash. A card or voucher gets its money back even when it has expired since: it is then zeroed again by its own entry, in
 * plain view, unless an operator prolongs it. What would go back to cash or debt first lowers the debt still open (`debt`, 0 or
 * more), and is cash beyond it: debt repaid since was repaid with cash. A cloud gets it as credit against its next push. Pure.
 * Throws RangeError when a refund is larger than what was paid.
 */
export function planRefund(input: { currency: Currency; refunds: readonly Refund[]; debt: string }): PaidPart[] {
  const { currency } = input
  let debt = amountNotNegativeOf(input.debt, currency, 'debt')
  const parts: PaidPart[] = []
  const give = (key: string, source: FundSource, amount: Decimal) => {
    if (!amount.isZero()) parts.push({ key, source, amount: amountText(amount, currency) })
  }
  for (const refund of input.refunds.toSorted((a, b) => compareTexts(a.key, b.key))) {
    let left = amountOf(refund.amount, currency, `refunds ${refund.key}`)
    if (!left.greaterThan(0)) throw new RangeError(`refunds ${refund.key}: ${refund.amount} must be more than 0`)
    for (const paid of refund.paidBy.toReversed()) {
      const back = smallerOf(left, amountNotNegativeOf(paid.amount, currency, `paidBy of ${refund.key}`))
      left = left.minus(back)
      if (paid.source.kind !== 'cash' && paid.source.kind !== 'debt') {
        give(refund.key, paid.source, back)
        continue
      }
      const lessDebt = smallerOf(back, debt)
      debt = debt.minus(lessDebt)
      give(refund.key, { kind: 'debt' }, lessDebt)
      give(refund.key, { kind: 'cash' }, back.minus(lessDebt))
    }
    if (!left.isZero()) throw new RangeError(`refunds ${refund.key}: ${amountText(left, currency)} more than was paid`)
  }
  return parts
}

/** One thing that happened to the money of a total: a part of it was paid, or some of it was given back. */
export type PaymentMove = { kind: 'paid'; source: FundSource; amount: string } | { kind: 'refunded'; amount: string }

/**
 * What paid a total and was not given back yet. Moves are in the order they happened, those of the day's own line and of its
 * adjustments together; every refund takes from the last payment before it. Throws RangeError when more was given back than paid.
 */
export function stillPaid(currency: Currency, moves: readonly PaymentMove[]): { source: FundSource; amount: string }[] {
  const open: { source: FundSource; amount: Decimal }[] = []
  for (const move of moves) {
    let left = amountNotNegativeOf(move.amount, currency, move.kind)
    if (move.kind === 'paid') {
      open.push({ source: move.source, amount: left })
      continue
    }
    while (left.greaterThan(0)) {
      const last = open.pop()
      if (!last) throw new RangeError(`refunded: ${amountText(left, currency)} more than was paid`)
      const back = smallerOf(left, last.amount)
      left = left.minus(back)
      if (last.amount.greaterThan(back)) open.push({ source: last.source, amount: last.amount.minus(back) })
    }
  }
  return open.map((part) => ({ source: part.source, amount: amountText(part.amount, currency) }))
}
