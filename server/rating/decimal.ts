import { Decimal as DecimalJs } from 'decimal.js'
import { minorUnits, type Currency } from '../../contract/money.ts'

/**
 * Our own Decimal, configured here and nowhere else; the library's global one is left alone. The widest product we form
 * (quantity of 36 digits × unit price of 18 × minor unit of 3) has 57 digits, so at 100 digits every sum and product is exact.
 * Rounding happens in one place only, `roundedQuotient`.
 */
export const Decimal = DecimalJs.clone({ precision: 100, rounding: DecimalJs.ROUND_HALF_UP, defaults: true })
export type Decimal = DecimalJs

const decimalText = /^-?(?:0|[1-9]\d{0,23})(?:\.\d{1,12})?$/

/**
 * Reads a decimal text (at most 24 digits before the point, 12 after). Throws RangeError naming `field` for anything else,
 * exponents, NaN and Infinity included.
 */
export function decimal(text: string, field: string): Decimal {
  if (!decimalText.test(text))
    throw new RangeError(`${field}: ${JSON.stringify(text)} is not a decimal text such as 12.5`)
  return new Decimal(text)
}

/** Like `decimal`, and not below zero. */
export function decimalNotNegative(text: string, field: string): Decimal {
  const value = decimal(text, field)
  if (value.isNegative() && !value.isZero()) throw new RangeError(`${field}: ${text} must be 0 or more`)
  return value
}

/** An exact number as text: no exponent, no trailing zeros, no negative zero: `2000000`, `0.1`. */
export function decimalTextOf(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed()
}

/**
 * An amount of money as text, with exactly the currency's decimals: `13.40`. Throws RangeError when the value is finer than
 * the minor unit: whoever has such a value forgot to round it where the rule says so.
 */
export function amountText(value: Decimal, currency: Currency): string {
  const decimals = minorUnits[currency]
  if (value.decimalPlaces() > decimals)
    throw new RangeError(`${value.toFixed()} is finer than the minor unit of ${currency}`)
  return value.isZero() ? new Decimal(0).toFixed(decimals) : value.toFixed(decimals)
}

/** Reads an amount of money; refuses one finer than the minor unit of its currency. */
export function amountOf(text: string, currency: Currency, field: string): Decimal {
  const value = decimal(text, field)
  if (value.decimalPlaces() > minorUnits[currency]) {
    throw new RangeError(`${field}: ${text} has more decimals than ${currency} (${minorUnits[currency]})`)
  }
  return value
}

/** Like `amountOf`, and not below zero. */
export function amountNotNegativeOf(text: string, currency: Currency, field: string): Decimal {
  const value = amountOf(text, currency, field)
  if (value.lessThan(0)) throw new RangeError(`${field}: ${text} must be 0 or more`)
  return value
}

/** Adds amounts of one currency exactly and writes the sum with the currency's decimals. */
export function sumOfAmounts(amounts: readonly string[], currency: Currency): string {
  const sum = amounts.reduce(
    (total, text, index) => total.plus(amountOf(text, currency, `amounts[${index}]`)),
    new Decimal(0),
  )
  return amountText(sum, currency)
}

/** Adds quantities or changes of them exactly. */
export function sumOfQuantities(quantities: readonly string[]): string {
  return decimalTextOf(
    quantities.reduce((total, text, index) => total.plus(decimal(text, `quantities[${index}]`)), new Decimal(0)),
  )
}

/**
 * numerator ÷ denominator, rounded half up to `decimals` places, decided by whole-number remainder. A plain division would
 * first cut a quotient such as 1/3 at the working precision and then round a second time.
 * Numerator 0 or more, denominator above 0, both exact.
 */
export function roundedQuotient(numerator: Decimal, denominator: Decimal, decimals: number): Decimal {
  if (numerator.isNegative() && !numerator.isZero()) throw new RangeError(`numerator ${numerator.toFixed()} is below 0`)
  if (!denominator.greaterThan(0)) throw new RangeError(`denominator ${denominator.toFixed()} is not above 0`)
  const scaled = numerator.times(new Decimal(10).pow(decimals))
  const whole = scaled.dividedToIntegerBy(denominator)
  const remainder = scaled.minus(whole.times(denominator))
  const rounded = remainder.times(2).greaterThanOrEqualTo(denominator) ? whole.plus(1) : whole
  return rounded.dividedBy(new Decimal(10).pow(decimals))
}

/** The smaller of two values. */
export function smallerOf(a: Decimal, b: Decimal): Decimal {
  return a.lessThan(b) ? a : b
}
