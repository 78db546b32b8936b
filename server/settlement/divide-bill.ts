import type { Id } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import { amountNotNegativeOf, amountText, decimal, decimalNotNegative, Decimal } from '../rating/decimal.ts'
import { spreadAmount } from './spread-amount.ts'

/** What a bill charges a cloud for one meter's usage, and where that usage was put. */
export interface MeteredCharge {
  /** 0 or more. */
  amount: string
  /** How much of it each report holds; below zero where usage was taken back there. */
  reported: readonly { recordId: Id<'usageRecord'>; quantity: string }[]
  /** How much of it no report of the instance ever tells of, 0 or more. */
  unreported: string
}

export interface DividedBill {
  /** What the bill charges for what each report holds, above 0. */
  parts: { recordId: Id<'usageRecord'>; amount: string }[]
  /** What it charges for usage that is not reported. */
  unreported: string
}

/**
 * Divides what a bill charges a cloud over the reports its usage was put into, by quantity. A report in which usage was only taken back
 * has no share. Usage that is in no report any more, because all of it was taken back since, is charged for nowhere here: it counts as
 * collected, and the bill that refunds it takes it back there. Pure.
 */
export function divideBill(of: { currency: Currency; charges: readonly MeteredCharge[] }): DividedBill {
  const { currency } = of
  const parts = new Map<Id<'usageRecord'>, Decimal>()
  let unreported = new Decimal(0)
  for (const charge of of.charges) {
    const amount = amountNotNegativeOf(charge.amount, currency, 'amount')
    const held = charge.reported.map((each) => ({ ...each, weight: aboveZero(decimal(each.quantity, 'quantity')) }))
    const weights = [decimalNotNegative(charge.unreported, 'unreported'), ...held.map((each) => each.weight)]
    const [elsewhere = new Decimal(0), ...shares] = spreadAmount(amount, weights, currency)
    unreported = unreported.plus(elsewhere)
    held.forEach(({ recordId }, index) => {
      parts.set(recordId, (parts.get(recordId) ?? new Decimal(0)).plus(shares[index] ?? 0))
    })
  }
  return {
    parts: [...parts]
      .filter(([, amount]) => !amount.isZero())
      .map(([recordId, amount]) => ({ recordId, amount: amountText(amount, currency) })),
    unreported: amountText(unreported, currency),
  }
}

function aboveZero(quantity: Decimal): Decimal {
  return quantity.isNegative() ? new Decimal(0) : quantity
}
