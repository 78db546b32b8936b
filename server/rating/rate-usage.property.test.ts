import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Currency } from '../../contract/money.ts'
import type { PriceRule } from './price-book.ts'
import { priceQuantity, type PricedQuantity } from './rate-usage.ts'

/*
 * The oracle: fractions of whole numbers, written for this test and sharing nothing with the code under test. A decimal text is
 * n / 10^k; amounts are compared as whole minor units.
 */
interface Fraction {
  top: bigint
  bottom: bigint
}
const fractionOf = (text: string): Fraction => {
  const [whole = '0', decimals = ''] = text.split('.')
  return { top: BigInt(whole + decimals), bottom: 10n ** BigInt(decimals.length) }
}
const plus = (a: Fraction, b: Fraction): Fraction => ({
  top: a.top * b.bottom + b.top * a.bottom,
  bottom: a.bottom * b.bottom,
})
const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { top: -b.top, bottom: b.bottom })
const times = (a: Fraction, b: Fraction): Fraction => ({ top: a.top * b.top, bottom: a.bottom * b.bottom })
const over = (a: Fraction, b: Fraction): Fraction => ({ top: a.top * b.bottom, bottom: a.bottom * b.top })
const isMore = (a: Fraction, b: Fraction): boolean => a.top * b.bottom > b.top * a.bottom
const zero: Fraction = { top: 0n, bottom: 1n }

function oracle(rule: PriceRule, quantityText: string): Fraction {
  const quantity = fractionOf(quantityText)
  const per = fractionOf(rule.per)
  if (rule.model === 'flat') return times(over(quantity, per), fractionOf(rule.unitPrice))
  if (rule.model === 'package') {
    const packages = over(quantity, per)
    return times(
      { top: (packages.top + packages.bottom - 1n) / packages.bottom, bottom: 1n },
      fractionOf(rule.unitPrice),
    )
  }
  if (rule.model === 'volume') {
    const index = rule.tiers.findIndex((tier) => tier.upTo === null || !isMore(quantity, fractionOf(tier.upTo)))
    return times(over(quantity, per), fractionOf(rule.tiers[index]?.unitPrice ?? 'none'))
  }
  let sum = zero
  let reached = zero
  for (const tier of rule.tiers) {
    const end = tier.upTo === null || isMore(fractionOf(tier.upTo), quantity) ? quantity : fractionOf(tier.upTo)
    sum = plus(sum, times(over(minus(end, reached), per), fractionOf(tier.unitPrice)))
    reached = end
  }
  return sum
}

const minorDigits = { CNY: 2, USD: 2, JPY: 0 } as const
const halfUp = (value: Fraction, digits: number): bigint =>
  (2n * value.top * 10n ** BigInt(digits) + value.bottom) / (2n * value.bottom)
const minorUnitsOf = (amount: string): bigint => BigInt(amount.replace('.', ''))

function decimalText(limits: { wholeDigits: number; decimals: number }) {
  return fc
    .tuple(
      fc.bigInt({ min: 0n, max: 10n ** BigInt(limits.wholeDigits) - 1n }),
      fc.integer({ min: 0, max: limits.decimals }),
      fc.nat(),
    )
    .map(([whole, decimals, seed]) =>
      decimals === 0
        ? `${whole}`
        : `${whole}.${(seed % 10 ** Math.min(decimals, 9)).toString().padStart(decimals, '0')}`,
    )
}
const quantity = fc.oneof(
  decimalText({ wholeDigits: 9, decimals: 3 }),
  decimalText({ wholeDigits: 24, decimals: 12 }),
  fc.constantFrom('0', '500', '1500', '0.5', '999999.999999999999'),
)
const price = fc.oneof(decimalText({ wholeDigits: 2, decimals: 6 }), decimalText({ wholeDigits: 12, decimals: 6 }))
const per = fc.constantFrom(
  '1',
  '3',
  '7',
  '10',
  '1000',
  '10000',
  '1000000',
  '1000000000',
  '1073741824',
  '0.3',
  '0.000000000007',
)
const tiers = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 2_000_000_000 }), { maxLength: 5 }),
    fc.array(price, { minLength: 6, maxLength: 6 }),
  )
  .map(([ends, prices]) => [
    ...ends.toSorted((a, b) => a - b).map((end, index) => ({ upTo: `${end}`, unitPrice: prices[index] ?? '0' })),
    { upTo: null, unitPrice: prices[5] ?? '0' },
  ])
const named = { meter: 'sms', retentionDays: null } as const
const rules: Record<PriceRule['model'], fc.Arbitrary<PriceRule>> = {
  flat: fc.record({ per, unitPrice: price }).map((rest) => ({ ...named, model: 'flat', ...rest })),
  package: fc.record({ per, unitPrice: price }).map((rest) => ({ ...named, model: 'package', ...rest })),
  graduated: fc.record({ per, tiers }).map((rest) => ({ ...named, model: 'graduated', ...rest })),
  volume: fc.record({ per, tiers }).map((rest) => ({ ...named, model: 'volume', ...rest })),
}
const currency = fc.constantFrom<Currency & keyof typeof minorDigits>('CNY', 'USD', 'JPY')

/** What the line itself says, computed again by hand: the buyer can check the amount from what is printed. */
function fromPrinted(priced: PricedQuantity): Fraction {
  const shares = priced.unitPrice === null ? priced.tiers : [{ quantity: priced.quantity, unitPrice: priced.unitPrice }]
  return shares.reduce(
    (sum, share) =>
      plus(sum, times(over(fractionOf(share.quantity), fractionOf(priced.per)), fractionOf(share.unitPrice))),
    zero,
  )
}

describe('rating equals exact fractions, for any price and quantity', () => {
  for (const model of ['flat', 'graduated', 'volume', 'package'] as const) {
    it(`priced ${model}`, () => {
      fc.assert(
        fc.property(rules[model], quantity, currency, (rule, used, code) => {
          const priced = priceQuantity(rule, used, code)
          expect(minorUnitsOf(priced.amount)).toBe(halfUp(oracle(rule, used), minorDigits[code]))
          if (model !== 'package')
            expect(minorUnitsOf(priced.amount)).toBe(halfUp(fromPrinted(priced), minorDigits[code]))
        }),
        { numRuns: 2000 },
      )
    })
  }

  it('and using more never costs less, unless a volume price says so', () => {
    const rising = fc.oneof(rules.flat, rules.graduated, rules.package)
    fc.assert(
      fc.property(rising, fc.nat(2_000_000_000), fc.nat(1_000_000), (rule, used, more) => {
        const before = minorUnitsOf(priceQuantity(rule, `${used}`, 'CNY').amount)
        expect(minorUnitsOf(priceQuantity(rule, `${used + more}`, 'CNY').amount)).toBeGreaterThanOrEqual(before)
      }),
      { numRuns: 1000 },
    )
  })
})
