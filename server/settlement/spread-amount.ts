import type { Currency } from '../../contract/money.ts'
import { minorUnits } from '../../contract/money.ts'
import { Decimal, roundedQuotient } from '../rating/decimal.ts'

/**
 * Spreads an amount of 0 or more by weights of 0 or more, in their order: each gets its share to less than one minor unit, and they
 * sum to the amount exactly, because what is rounded is the sum so far. Without any weight nobody gets anything.
 */
export function spreadAmount(amount: Decimal, weights: readonly Decimal[], currency: Currency): Decimal[] {
  const whole = weights.reduce((sum, weight) => sum.plus(weight), new Decimal(0))
  if (whole.isZero()) return weights.map(() => new Decimal(0))
  let weighed = new Decimal(0)
  let given = new Decimal(0)
  return weights.map((weight) => {
    weighed = weighed.plus(weight)
    const upToHere = roundedQuotient(amount.times(weighed), whole, minorUnits[currency])
    const share = upToHere.minus(given)
    given = upToHere
    return share
  })
}
