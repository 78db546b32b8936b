import { z } from 'zod'
import type { Language } from './problems.ts'

/**
 * Decimals of one unit of each currency (ISO 4217). A currency not listed here is refused everywhere.
 * Adding one is adding a row.
 */
export const minorUnits = { CNY: 2, USD: 2, EUR: 2, HKD: 2, SGD: 2, JPY: 0 } as const

export const currency = z.enum(['CNY', 'USD', 'EUR', 'HKD', 'SGD', 'JPY'])
export type Currency = z.output<typeof currency>

/** Most decimals a unit price may have. */
export const unitPriceDecimals = 6

const plainDecimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
const negativeZero = /^-0(?:\.0+)?$/

function decimalsOf(text: string): number {
  return text.split('.')[1]?.length ?? 0
}

/**
 * An amount in no particular currency: a decimal text such as `13.40` or `-2`, at most 18 digits before the point and
 * 3 after it (the most any currency has). Never a JSON number: 0.1 has no exact binary form.
 */
export const amount = z
  .string()
  .max(23, 'must be at most 23 characters')
  .regex(
    /^-?(?:0|[1-9]\d{0,17})(?:\.\d{1,3})?$/,
    'must be a decimal text such as 13.40, without exponent or separators',
  )
  .refine((text) => !negativeZero.test(text), 'must be written 0, not -0')

/** An amount of zero or more, as paid or granted. */
export const amountNotNegative = amount.refine((text) => !text.startsWith('-'), 'must be 0 or more')

/** An amount above zero, as topped up or granted. */
export const amountAboveZero = amountNotNegative.refine((text) => /[1-9]/.test(text), 'must be more than 0')

/** Whether `text` has no more decimals than the minor unit of `code` (`13.405` CNY has too many, `13` and `13.4` are fine). */
export function fitsMinorUnit(code: Currency, text: string): boolean {
  return decimalsOf(text) <= minorUnits[code]
}

/** Money on the wire: `{ currency: 'CNY', amount: '13.40' }`. No more decimals than the currency has. */
export const money = z.object({ currency, amount }).refine((value) => fitsMinorUnit(value.currency, value.amount), {
  path: ['amount'],
  error: (issue) => tooManyDecimals(issue.input),
})
export type Money = z.output<typeof money>

function tooManyDecimals(input: unknown): string {
  const parsed = z.object({ currency }).safeParse(input)
  if (!parsed.success) return 'has too many decimals for its currency'
  return `must have at most ${minorUnits[parsed.data.currency]} decimals in ${parsed.data.currency}`
}

/** Price of one unit: 0 or more, at most 12 digits before the point and 6 after it. */
export const unitPrice = z
  .string()
  .regex(
    /^(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?$/,
    'must be a decimal text of 0 or more with at most 6 decimals, such as 0.014',
  )

/** A quantity of usage: 0 or more, at most 24 digits before the point and 12 after it. */
export const quantity = z
  .string()
  .max(37, 'must be at most 37 characters')
  .regex(
    /^(?:0|[1-9]\d{0,23})(?:\.\d{1,12})?$/,
    'must be a decimal text of 0 or more with at most 12 decimals, such as 250000',
  )

/** A change of a quantity: like `quantity`, and may be below zero. */
export const quantityChange = z
  .string()
  .max(38, 'must be at most 38 characters')
  .regex(/^-?(?:0|[1-9]\d{0,23})(?:\.\d{1,12})?$/, 'must be a decimal text with at most 12 decimals, such as -250000')
  .refine((text) => !negativeZero.test(text), 'must be written 0, not -0')

const locales: Record<Language, string> = { en: 'en', zh: 'zh-CN' }

/** True for texts that Intl formats digit by digit, without passing through a floating-point number. */
function isPlainDecimal(text: string): text is `${number}` {
  return plainDecimal.test(text)
}

function formatDecimal(text: string, format: Intl.NumberFormat): string {
  if (!isPlainDecimal(text)) throw new RangeError(`not a decimal text: ${JSON.stringify(text)}`)
  return format.format(text)
}

/** Money as a person reads it, always with its currency: `CN¥13.40` (en), `¥13.40` (zh). Every digit is kept. */
export function formatMoney(value: Money, language: Language): string {
  return formatDecimal(
    value.amount,
    new Intl.NumberFormat(locales[language], { style: 'currency', currency: value.currency }),
  )
}

/** A unit price as a person reads it: at least the currency's own decimals, at most 6: `CN¥1.20`, `US$0.014`. */
export function formatUnitPrice(price: { currency: Currency; unitPrice: string }, language: Language): string {
  const format = new Intl.NumberFormat(locales[language], {
    style: 'currency',
    currency: price.currency,
    minimumFractionDigits: minorUnits[price.currency],
    maximumFractionDigits: unitPriceDecimals,
  })
  return formatDecimal(price.unitPrice, format)
}

/** A quantity as a person reads it: grouped, every decimal kept: `2,000,000`, `0.1`. */
export function formatQuantity(value: string, language: Language): string {
  return formatDecimal(value, new Intl.NumberFormat(locales[language], { maximumFractionDigits: 12 }))
}
