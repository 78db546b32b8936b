import fc from 'fast-check'
import { Decimal as Global } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import {
  amountOf,
  amountText,
  Decimal,
  decimal,
  decimalNotNegative,
  decimalTextOf,
  roundedQuotient,
  sumOfAmounts,
} from './decimal.ts'

describe('decimals', () => {
  it('leave the library as it is for everybody else', () => {
    expect(Global.precision).toBe(20)
    expect(Decimal.precision).toBe(100)
  })

  it.each(['1e3', 'NaN', 'Infinity', '0x10', '', ' 1', '1 ', '--1', '1_000'])(
    'refuse %j and name the field',
    (text) => {
      expect(() => decimal(text, 'quantity')).toThrow(/^quantity: .* is not a decimal text/)
    },
  )

  it('refuse what is below zero where that makes no sense', () => {
    expect(() => decimalNotNegative('-0.5', 'quantity')).toThrow('quantity: -0.5 must be 0 or more')
    expect(decimalTextOf(decimalNotNegative('-0', 'quantity'))).toBe('0')
  })

  it('are written with the decimals of the currency, never finer and never as minus zero', () => {
    expect(amountText(new Decimal('13.4'), 'CNY')).toBe('13.40')
    expect(amountText(new Decimal('-0'), 'CNY')).toBe('0.00')
    expect(amountText(new Decimal('7'), 'JPY')).toBe('7')
    expect(() => amountText(new Decimal('0.005'), 'CNY')).toThrow('0.005 is finer than the minor unit of CNY')
    expect(() => amountOf('0.5', 'JPY', 'cash')).toThrow('cash: 0.5 has more decimals than JPY (0)')
  })

  it('are written without exponent however large or small', () => {
    expect(decimalTextOf(new Decimal('123456789012345678901234'))).toBe('123456789012345678901234')
    expect(decimalTextOf(new Decimal('0.000000000001'))).toBe('0.000000000001')
  })

  it('add up without drift', () => {
    expect(sumOfAmounts(Array<string>(10).fill('0.10'), 'CNY')).toBe('1.00')
  })
})

describe('rounding half up', () => {
  it('goes up at exactly half and down just below it', () => {
    expect(roundedQuotient(new Decimal('0.005'), new Decimal(1), 2).toFixed(2)).toBe('0.01')
    expect(roundedQuotient(new Decimal('0.004999999999'), new Decimal(1), 2).toFixed(2)).toBe('0.00')
  })

  it('equals whole-number arithmetic for every unit, powers of ten or not', () => {
    const big = fc.bigInt({ min: 0n, max: 10n ** 30n })
    const unit = fc.oneof(
      fc.constantFrom(1n, 3n, 7n, 1000n, 10n ** 6n, 2n ** 30n),
      fc.bigInt({ min: 1n, max: 10n ** 12n }),
    )
    fc.assert(
      fc.property(big, unit, fc.constantFrom(0, 2, 3), (numerator, denominator, decimals) => {
        const scale = 10n ** BigInt(decimals)
        const expected = (2n * numerator * scale + denominator) / (2n * denominator)
        const actual = roundedQuotient(new Decimal(numerator.toString()), new Decimal(denominator.toString()), decimals)
        expect(actual.times(scale.toString()).toFixed()).toBe(expected.toString())
      }),
      { numRuns: 2000 },
    )
  })
})
