import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { annualPackagesOf, shippedAnnualPackages } from './annual-package.ts'
import { Decimal, sumOfAmounts } from './decimal.ts'
import { rateAnnualPackage, type PackageUsage, type TrafficPack } from './rate-annual-package.ts'
import type { UsageTotal } from './rate-usage.ts'
import { priceBookFor, shippedPriceBooks } from './shipped-price-books.ts'

const book = priceBookFor(shippedPriceBooks, { priceRegion: 'CN', currency: 'CNY' })
const startup = shippedAnnualPackages.find((entry) => entry.code === 'startup')
if (!book || !startup) throw new Error('the shipped files lack what these tests are about')

const used = (
  meter: UsageTotal['meter'],
  retentionDays: number | null,
  quantity: string,
  workspaceId = 'wksp_1',
): UsageTotal => ({
  workspaceId,
  meter,
  retentionDays,
  quantity,
})

/** 25 hosts, 40 M logs kept 30 days, 5 M traces and 0.4 M page views kept 14 days, 0.21 M triggers. */
const exampleDay = [
  used('collector_hosts', null, '25'),
  used('logs', 30, '40000000'),
  used('traces', 14, '5000000'),
  used('page_views', 14, '400000'),
  used('triggers', null, '210000'),
]
const logPack: TrafficPack = { id: 'pack_1', meter: 'logs', remaining: '30000000', priceFactor: '0.8' }

function rate(changes: Partial<PackageUsage> = {}) {
  if (!book || !startup) throw new Error('unreachable')
  return rateAnnualPackage({
    annualPackage: startup,
    packs: [],
    book,
    day: '2026-11-22',
    usage: exampleDay,
    ...changes,
  })
}
const totalOf = (rated: ReturnType<typeof rate>) =>
  sumOfAmounts(
    rated.lines.map((line) => line.amount),
    'CNY',
  )

describe('the Startup package, the price list’s example', () => {
  it('is overrun by 132 CNY: 15 + 60 + 15 + 40 + 2', () => {
    const rated = rate()
    expect(rated.lines.map((line) => line.amount)).toEqual(['15.00', '60.00', '15.00', '40.00', '2.00'])
    expect(totalOf(rated)).toBe('132.00')
    expect(rated).toMatchObject({ unpriced: [], outside: [], packsUsed: [] })
  })

  it('is overrun by 123 CNY with a pack of 30 M logs at 80 %: 36 + 15 for the logs', () => {
    const rated = rate({ packs: [logPack] })
    expect(totalOf(rated)).toBe('123.00')
    expect(rated.lines[1]).toMatchObject({
      amount: '51.00',
      per: '1000000',
      tiers: [
        { quantity: '40000000', unitPrice: '0' },
        { quantity: '30000000', unitPrice: '1.2' },
        { quantity: '10000000', unitPrice: '1.5' },
      ],
      rule: { id: 'logs.14d', annualPackage: { code: 'startup', factor: '2' } },
    })
    expect(rated.packsUsed).toEqual([{ id: 'pack_1', quantity: '30000000' }])
  })
})

describe('an annual package', () => {
  it('costs nothing by the day while usage stays within it', () => {
    expect(totalOf(rate({ usage: [used('collector_hosts', null, '20'), used('logs', 14, '40000000')] }))).toBe('0.00')
  })

  it('serves its workspaces in order: the first is filled, the rest goes to the next', () => {
    const rated = rate({ usage: [used('logs', 14, '30000000', 'wksp_a'), used('logs', 14, '30000000', 'wksp_b')] })
    expect(rated.lines.map((line) => [line.workspaceId, line.amount])).toEqual([
      ['wksp_a', '0.00'],
      ['wksp_b', '30.00'],
    ])
  })

  it('leaves to daily prices what it does not cover: other meters, retentions it does not name', () => {
    const sms = used('sms', null, '10')
    const longTraces = used('traces', 30, '1')
    expect(rate({ usage: [sms, longTraces] })).toMatchObject({ lines: [], outside: [sms, longTraces] })
  })

  it('hands back what has no price yet on that day', () => {
    expect(rate({ day: '1999-01-01' }).unpriced.map((total) => total.reason)).toEqual(
      Array(5).fill('no_version_in_force'),
    )
  })

  it('counts every unit once: covered, from packs and beyond add up to usage times factor', () => {
    const retention = fc.constantFrom(3, 7, 14, 30, 60)
    const factors: Record<number, number> = { 3: 1, 7: 1, 14: 1, 30: 2, 60: 3 }
    const logs = fc.array(fc.tuple(retention, fc.nat(60_000_000)), { minLength: 1, maxLength: 6 })
    const packs = fc.array(fc.nat(40_000_000), { maxLength: 3 })
    fc.assert(
      fc.property(logs, packs, (totals, remaining) => {
        const rated = rate({
          usage: totals.map(([days, quantity], index) => used('logs', days, `${quantity}`, `wksp_${index}`)),
          packs: remaining.map((quantity, index) => ({ ...logPack, id: `pack_${index}`, remaining: `${quantity}` })),
        })
        const counted = totals.reduce((sum, [days, quantity]) => sum + quantity * (factors[days] ?? Number.NaN), 0)
        const shares = rated.lines.flatMap((line) => line.tiers)
        const at = (unitPrice: string) =>
          shares
            .filter((share) => share.unitPrice === unitPrice)
            .reduce((sum, share) => sum.plus(share.quantity), new Decimal(0))
            .toNumber()
        const packed = Math.min(
          Math.max(0, counted - 40_000_000),
          remaining.reduce((sum, quantity) => sum + quantity, 0),
        )
        expect(at('0')).toBe(Math.min(counted, 40_000_000))
        expect(at('1.2')).toBe(packed)
        expect(at('1.5')).toBe(counted - Math.min(counted, 40_000_000) - packed)
        expect(rated.packsUsed.reduce((sum, pack) => sum + Number(pack.quantity), 0)).toBe(packed)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a file of annual packages that is not right', () => {
  it('is refused with file and place', () => {
    expect(() =>
      annualPackagesOf({ priceRegion: 'CN', currency: 'CNY', days: 0, terms: [], packages: [] }, 'packages.json'),
    ).toThrow(/packages\.json: days: .*\npackages\.json: packages: /)
  })
})
