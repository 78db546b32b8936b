import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  amount,
  amountAboveZero,
  currency,
  formatMoney,
  formatQuantity,
  formatUnitPrice,
  minorUnits,
  money,
  quantity,
  unitPrice,
} from './money.ts'

describe('money on the wire', () => {
  it('is a currency and a decimal text with no more decimals than the currency has', () => {
    expect(money.parse({ currency: 'CNY', amount: '13.40' })).toEqual({ currency: 'CNY', amount: '13.40' })
    expect(money.safeParse({ currency: 'JPY', amount: '13' }).success).toBe(true)
    const refused = money.safeParse({ currency: 'JPY', amount: '13.4' })
    expect(refused.error?.issues[0]).toMatchObject({ path: ['amount'], message: 'must have at most 0 decimals in JPY' })
    expect(money.safeParse({ currency: 'CNY', amount: '13.405' }).error?.issues[0]?.message).toBe(
      'must have at most 2 decimals in CNY',
    )
  })

  it.each([
    '1e3',
    '1,000',
    '.5',
    '5.',
    '01',
    '+1',
    ' 1',
    '',
    'NaN',
    'Infinity',
    '-0',
    '-0.00',
    '１',
    '1234567890123456789',
  ])('refuses %j as an amount', (text) => {
    expect(amount.safeParse(text).success).toBe(false)
  })

  it('refuses a JSON number, which has already lost its exactness', () => {
    expect(amount.safeParse(13.4).success).toBe(false)
  })

  it('tells a top-up of nothing from a top-up', () => {
    expect(amountAboveZero.safeParse('0.00').success).toBe(false)
    expect(amountAboveZero.safeParse('-1').success).toBe(false)
    expect(amountAboveZero.safeParse('0.01').success).toBe(true)
  })

  it('allows 6 decimals in a unit price and 12 in a quantity, none below zero', () => {
    expect(unitPrice.safeParse('0.000001').success).toBe(true)
    expect(unitPrice.safeParse('0.0000001').success).toBe(false)
    expect(unitPrice.safeParse('-1').success).toBe(false)
    expect(quantity.safeParse('0.000000000001').success).toBe(true)
    expect(quantity.safeParse('-1').success).toBe(false)
    expect(quantity.safeParse('1e308').success).toBe(false)
  })

  it('has a minor unit for every currency', () => {
    expect(Object.keys(minorUnits).toSorted()).toEqual([...currency.options].toSorted())
  })
})

describe('money as a person reads it', () => {
  it('always carries its currency, in both languages', () => {
    expect(formatMoney({ currency: 'CNY', amount: '1234.5' }, 'en')).toBe('CN¥1,234.50')
    expect(formatMoney({ currency: 'CNY', amount: '1234.5' }, 'zh')).toBe('¥1,234.50')
    expect(formatMoney({ currency: 'USD', amount: '-3' }, 'zh')).toBe('-US$3.00')
    expect(formatMoney({ currency: 'USD', amount: '3' }, 'en')).toBe('$3.00')
  })

  it('shows a unit price with all its decimals', () => {
    expect(formatUnitPrice({ currency: 'USD', unitPrice: '0.014' }, 'en')).toBe('$0.014')
    expect(formatUnitPrice({ currency: 'CNY', unitPrice: '1' }, 'zh')).toBe('¥1.00')
    expect(formatUnitPrice({ currency: 'CNY', unitPrice: '0.000001' }, 'en')).toBe('CN¥0.000001')
  })

  it('never writes a number it was not given: no text loses a digit', () => {
    const digits = fc.bigInt({ min: 0n, max: 10n ** 20n - 1n })
    fc.assert(
      fc.property(digits, (minor) => {
        const text = `${minor / 100n}.${(minor % 100n).toString().padStart(2, '0')}`
        expect(formatMoney({ currency: 'CNY', amount: text }, 'zh').replaceAll(',', '')).toBe(`¥${text}`)
        expect(formatQuantity(minor.toString(), 'en').replaceAll(',', '')).toBe(minor.toString())
      }),
      { numRuns: 1000 },
    )
  })

  it('refuses to print what is not a decimal text', () => {
    expect(() => formatMoney({ currency: 'CNY', amount: 'NaN' }, 'en')).toThrow('not a decimal text: "NaN"')
  })
})
