import { describe, expect, it } from 'vitest'
import { sumOfAmounts } from './decimal.ts'
import type { PriceBook, PriceRule } from './price-book.ts'
import { priceQuantity, rateUsage, type UsageTotal } from './rate-usage.ts'
import { priceBookFor, shippedPriceBooks } from './shipped-price-books.ts'

function shipped(priceRegion: 'CN' | 'INT', currency: 'CNY' | 'USD'): PriceBook {
  const book = priceBookFor(shippedPriceBooks, { priceRegion, currency })
  if (!book) throw new Error('no such book')
  return book
}

const used = (meter: UsageTotal['meter'], retentionDays: number | null, quantity: string): UsageTotal => ({
  workspaceId: 'wksp_1',
  meter,
  retentionDays,
  quantity,
})

describe('rating a day', () => {
  it('prices the price list’s own example at 13.40 CNY', () => {
    const rated = rateUsage({
      book: shipped('CN', 'CNY'),
      day: '2026-11-22',
      usage: [
        used('time_series', 3, '6000'),
        used('logs', 7, '2000000'),
        used('traces', 3, '2000000'),
        used('page_views', 3, '20000'),
        used('triggers', null, '20000'),
      ],
    })
    expect(rated.unpriced).toEqual([])
    expect(rated.lines.map((line) => line.amount)).toEqual(['3.60', '2.40', '4.00', '1.40', '2.00'])
    expect(
      sumOfAmounts(
        rated.lines.map((line) => line.amount),
        rated.currency,
      ),
    ).toBe('13.40')
  })

  it('says by which rule of which version each line was priced', () => {
    const [line] = rateUsage({
      book: shipped('INT', 'USD'),
      day: '2026-11-22',
      usage: [used('logs', 30, '1234567.5')],
    }).lines
    expect(line).toEqual({
      workspaceId: 'wksp_1',
      meter: 'logs',
      retentionDays: 30,
      quantity: '1234567.5',
      per: '1000000',
      unitPrice: '0.6',
      tiers: [],
      amount: '0.74',
      rule: { book: 'INT-USD', version: 1, id: 'logs.30d', model: 'flat', annualPackage: null },
    })
  })

  it('never drops what has no price: it is handed back with the reason', () => {
    const book = shipped('INT', 'CNY')
    const usage = [used('sms', null, '10'), used('profiles', 30, '1'), used('logs', 7, '1000000')]
    const rated = rateUsage({ book, day: '2026-11-22', usage })
    expect(rated.lines).toHaveLength(1)
    expect(rated.unpriced.map(({ meter, reason }) => [meter, reason])).toEqual([
      ['sms', 'not_in_price_book'],
      ['profiles', 'not_in_price_book'],
    ])
    expect(rateUsage({ book, day: '1999-01-01', usage }).unpriced.map(({ reason }) => reason)).toEqual(
      Array(3).fill('no_version_in_force'),
    )
  })

  it.each(['-1', '1e308', 'NaN', '', '1,000'])('refuses a quantity of %j, naming the field', (quantity) => {
    expect(() =>
      rateUsage({ book: shipped('CN', 'CNY'), day: '2026-11-22', usage: [used('logs', 7, quantity)] }),
    ).toThrow(/^quantity: /)
  })
})

describe('the price models', () => {
  const rule = (model: Record<string, unknown>) =>
    ({ meter: 'sms', retentionDays: null, per: '1000', ...model }) as unknown as PriceRule
  const tiers = [
    { upTo: '10000', unitPrice: '1' },
    { upTo: '50000', unitPrice: '0.8' },
    { upTo: null, unitPrice: '0.5' },
  ]
  const amount = (priced: PriceRule, quantity: string) => priceQuantity(priced, quantity, 'CNY').amount

  it('flat: a part of a unit costs its part, and exactly half a cent rounds up', () => {
    const flat = rule({ model: 'flat', unitPrice: '0.01' })
    expect(amount(flat, '499')).toBe('0.00')
    expect(amount(flat, '500')).toBe('0.01')
    expect(amount(flat, '1499')).toBe('0.01')
    expect(amount(flat, '1500')).toBe('0.02')
  })

  it('graduated: each tier at its own price, the boundary inside the lower tier, one rounding for the line', () => {
    const graduated = rule({ model: 'graduated', tiers })
    expect(priceQuantity(graduated, '60000', 'CNY')).toEqual({
      quantity: '60000',
      per: '1000',
      unitPrice: null,
      tiers: [
        { quantity: '10000', unitPrice: '1' },
        { quantity: '40000', unitPrice: '0.8' },
        { quantity: '10000', unitPrice: '0.5' },
      ],
      amount: '47.00',
    })
    expect(amount(graduated, '10000')).toBe('10.00')
    expect(amount(graduated, '10001')).toBe('10.00')
    expect(amount(graduated, '10007')).toBe('10.01')
    expect(priceQuantity(graduated, '0', 'CNY')).toMatchObject({ tiers: [], amount: '0.00' })
  })

  it('volume: everything at the price of the tier the quantity ends in', () => {
    const volume = rule({ model: 'volume', tiers })
    expect(amount(volume, '10000')).toBe('10.00')
    expect(amount(volume, '10001')).toBe('8.00')
    expect(priceQuantity(volume, '60000', 'CNY')).toMatchObject({ unitPrice: '0.5', amount: '30.00' })
  })

  it('package: every started package in full', () => {
    const packages = rule({ model: 'package', unitPrice: '9.9' })
    expect(amount(packages, '0')).toBe('0.00')
    expect(amount(packages, '0.000000000001')).toBe('9.90')
    expect(amount(packages, '1000')).toBe('9.90')
    expect(amount(packages, '1001')).toBe('19.80')
  })

  it('round to the currency: yen have no decimals', () => {
    expect(priceQuantity(rule({ model: 'flat', unitPrice: '1.5' }), '1000', 'JPY').amount).toBe('2')
  })
})
