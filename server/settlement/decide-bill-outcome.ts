import type { Id } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { PushState } from '../../contract/settlement.ts'
import { amountNotNegativeOf, amountOf, amountText, Decimal, smallerOf } from '../rating/decimal.ts'
import { endStates } from './push-states.ts'
import { spreadAmount } from './spread-amount.ts'

/** What a bill left to an instance, as it was divided, with where its reports stand. */
export interface MeteredBill {
  currency: Currency
  /** Below zero where refunds outweigh. */
  amount: string
  unreported: string
  parts: readonly { recordId: Id<'usageRecord'>; amount: string; state: PushState }[]
}

/** What becomes of the money; the three sum to the bill's amount. */
export interface BillOutcome {
  /** The marketplace owes it to us now; below zero only for a bill that is a credit. */
  collected: string
  /** The marketplace is never told of it. */
  waived: string
  /** Refused or too late, by report: somebody decides. */
  uncollected: string
  refused: { recordId: Id<'usageRecord'>; amount: string }[]
}

/**
 * Decides what becomes of what a bill left to an instance whose product is reported by meter, once every report its usage is in has
 * come to its end; null before. What was accepted is collected, and so is what was carried: it is less than one unit, and the next
 * report has it. Refunds on the bill lower what is collected first, then what was refused, then what is waived; a bill that is a
 * credit is settled as a whole with the marketplace. Pure.
 */
export function decideBillOutcome(bill: MeteredBill): BillOutcome | null {
  const { currency } = bill
  if (bill.parts.some((part) => !endStates.includes(part.state))) return null
  const amount = amountOf(bill.amount, currency, 'amount')
  const owed = amount.isNegative() ? new Decimal(0) : amount
  const waived = smallerOf(amountNotNegativeOf(bill.unreported, currency, 'unreported'), owed)
  const lost = bill.parts.filter((part) => part.state === 'REJECTED' || part.state === 'EXPIRED')
  const worth = lost.map((part) => amountNotNegativeOf(part.amount, currency, `parts ${part.recordId}`))
  const uncollected = smallerOf(sumOf(worth), owed.minus(waived))
  const shares = spreadAmount(uncollected, worth, currency)
  return {
    collected: amountText(amount.minus(waived).minus(uncollected), currency),
    waived: amountText(waived, currency),
    uncollected: amountText(uncollected, currency),
    refused: lost.map(({ recordId }, index) => ({
      recordId,
      amount: amountText(shares[index] ?? new Decimal(0), currency),
    })),
  }
}

function sumOf(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Decimal(0))
}
