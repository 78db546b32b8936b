import { decimal, decimalNotNegative, decimalTextOf } from '../rating/decimal.ts'

/** What a period takes from the carry, reports, and leaves to the next one. Always `carriedIn + measured = units × unit + carriedOut`. */
export interface WholeUnits {
  /** Whole units to report, 0 or more, as text. */
  units: string
  /** What is left for the next period, in the measured unit; below zero where credits outweigh usage. */
  carriedOut: string
}

/**
 * Cuts whole units off what a period measured together with what earlier periods left. Nothing is rounded: what does not fill a
 * unit stays in the carry, and a credit (usage voided, money refunded after it was reported) lowers the periods to come, since a
 * marketplace takes no quantity below zero. Exact for up to 24 digits before and 12 after the point. Throws RangeError naming the
 * field for anything that is no decimal text, and for a unit of 0 or less.
 */
export function takeWholeUnits(of: { carriedIn: string; measured: string; unit: string }): WholeUnits {
  const unit = decimalNotNegative(of.unit, 'unit')
  if (unit.isZero()) throw new RangeError('unit: must be more than 0')
  const whole = decimal(of.carriedIn, 'carriedIn').plus(decimal(of.measured, 'measured'))
  const units = whole.isNegative() ? unit.minus(unit) : whole.dividedToIntegerBy(unit)
  return { units: decimalTextOf(units), carriedOut: decimalTextOf(whole.minus(units.times(unit))) }
}

/** What a source has to add, or take back, so that its contributions come to its total. */
export function missingFrom(total: string, contributed: readonly string[]): string {
  return decimalTextOf(
    contributed.reduce(
      (left, each, index) => left.minus(decimal(each, `contributed[${index}]`)),
      decimal(total, 'total'),
    ),
  )
}
