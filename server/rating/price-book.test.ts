import { describe, expect, it } from 'vitest'
import { meters } from '../metering/meters.ts'
import { offeredRetentionDays, parsePriceBook, priceFor, ruleId, versionInForce, type PriceBook } from './price-book.ts'
import { priceBookFor, shippedPriceBooks } from './shipped-price-books.ts'

/** The public price list, typed in once more by hand: columns are days of retention, `-` is not offered. */
const byRetention = `
            CN-CNY                          INT-CNY                         CN-USD                             INT-USD
time_series 0.6 0.7 0.8 1 - 4 7             1.6 1.8 2.2 2.4 - 8 14          0.09 0.1 0.12 0.14 - 0.58 1        0.23 0.26 0.32 0.35 - 1.2 2
logs        1 1.2 1.5 2 2.5 - -             2 2.4 3 4 5 - -                 0.15 0.17 0.22 0.28 0.36 - -       0.3 0.4 0.5 0.6 0.8 - -
log_ingest  0.6 0.85 1 1.2 1.5 - -          1.4 2.1 2.8 3.08 3.36 - -       0.1 0.15 0.2 0.22 0.24 - -         0.2 0.3 0.4 0.44 0.48 - -
traces      2 3 6 10.8 19.44 - -            6 10 20 36 64.8 - -             0.29 0.43 0.86 1.54 2.78 - -       0.9 1.4 2.8 5.14 9.26 - -
profiles    0.2 0.3 0.5 - - - -             0.4 0.6 1 - - - -               0.03 0.04 0.07 - - - -             0.06 0.09 0.14 - - - -
page_views  0.7 1 2 3.6 6.48 - -            2 3 5 9 16.2 - -                0.1 0.14 0.29 0.51 0.93 - -        0.29 0.43 0.71 1.29 2.31 - -
`
const onePrice = `
                    CN-CNY INT-CNY CN-USD INT-USD
sensitive_scan      0.1    0.2     0.014  0.028
scheduled_reports   1      2       0.14   0.28
forwarding_external 0.35   0.7     0.05   0.1
forwarding_internal 0.007  0.014   0.001  0.002
network_hosts       2      4       0.29   0.6
session_replays     2.5    2.5     0.35   0.35
synthetic_tests     1      10      0.143  1.43
triggers            1      2       0.14   0.3
sms                 1      -       -      -
central_pipeline    0.1    0.2     0.014  0.028
`
const retentionDays = [3, 7, 14, 30, 60, 180, 360]

function rowsOf(table: string): { names: string[]; rows: string[][] } {
  const lines = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  return { names: lines[0] ?? [], rows: lines.slice(1) }
}

function expectedPrices(): Map<string, Record<string, string>> {
  const expected = new Map<string, Record<string, string>>()
  const put = (book: string, id: string, price: string | undefined) => {
    if (price !== undefined && price !== '-') expected.set(book, { ...expected.get(book), [id]: price })
  }
  const matrix = rowsOf(byRetention)
  for (const [meter, ...prices] of matrix.rows) {
    matrix.names.forEach((book, column) =>
      retentionDays.forEach((days, index) =>
        put(book, `${meter}.${days}d`, prices[column * retentionDays.length + index]),
      ),
    )
  }
  const single = rowsOf(onePrice)
  for (const [meter, ...prices] of single.rows)
    single.names.forEach((book, column) => put(book, `${meter}`, prices[column]))
  return expected
}

function bookOf(changes: Partial<PriceBook> = {}): PriceBook {
  return {
    book: 'CN-CNY',
    priceRegion: 'CN',
    currency: 'CNY',
    versions: [
      {
        version: 1,
        effectiveFrom: '2026-01-01',
        note: '',
        rules: [{ meter: 'sms', retentionDays: null, model: 'flat', per: '10', unitPrice: '1' }],
      },
      {
        version: 2,
        effectiveFrom: '2026-03-01',
        note: '',
        rules: [{ meter: 'sms', retentionDays: null, model: 'flat', per: '10', unitPrice: '1.5' }],
      },
    ],
    ...changes,
  }
}

describe('the shipped price books', () => {
  it('hold the public price list, every price and no other, per the meter’s own unit', () => {
    const expected = expectedPrices()
    expect(shippedPriceBooks.map((book) => book.book).toSorted()).toEqual([...expected.keys()].toSorted())
    for (const book of shippedPriceBooks) {
      const rules = versionInForce(book, '2026-11-23')?.rules ?? []
      const prices = Object.fromEntries(
        rules.map((rule) => [ruleId(rule), 'unitPrice' in rule ? rule.unitPrice : rule.model]),
      )
      expect(prices).toEqual(expected.get(book.book))
      for (const rule of rules) expect(rule.per).toBe(meters.find((meter) => meter.code === rule.meter)?.unitSize)
    }
  })

  it('are found by price region and currency', () => {
    expect(priceBookFor(shippedPriceBooks, { priceRegion: 'INT', currency: 'USD' })?.book).toBe('INT-USD')
    expect(priceBookFor(shippedPriceBooks, { priceRegion: 'INT', currency: 'EUR' })).toBeUndefined()
  })

  it('say which retentions can be chosen', () => {
    const book = priceBookFor(shippedPriceBooks, { priceRegion: 'CN', currency: 'CNY' })
    if (!book) throw new Error('no book')
    expect(offeredRetentionDays(book, { meter: 'time_series', at: '2026-11-23' })).toEqual([3, 7, 14, 30, 180, 360])
    expect(offeredRetentionDays(book, { meter: 'sms', at: '2026-11-23' })).toEqual([])
  })
})

describe('the price of a day', () => {
  it('is the one of the version in force on that day, from its first day on', () => {
    const priceOn = (at: string) => {
      const rule = priceFor(bookOf(), { meter: 'sms', retentionDays: null, at })?.rule
      return rule && 'unitPrice' in rule ? rule.unitPrice : undefined
    }
    expect(priceOn('2025-12-31')).toBeUndefined()
    expect(priceOn('2026-01-01')).toBe('1')
    expect(priceOn('2026-02-28')).toBe('1')
    expect(priceOn('2026-03-01')).toBe('1.5')
    expect(priceOn('2099-01-01')).toBe('1.5')
  })

  it('does not exist for a retention that is not offered', () => {
    const [book] = shippedPriceBooks
    if (!book) throw new Error('no book')
    expect(priceFor(book, { meter: 'logs', retentionDays: 180, at: '2026-11-23' })).toBeUndefined()
    expect(priceFor(book, { meter: 'logs', retentionDays: null, at: '2026-11-23' })).toBeUndefined()
    expect(priceFor(book, { meter: 'logs', retentionDays: 7, at: '2026-11-23' })).toMatchObject({
      version: 1,
      rule: { unitPrice: '1.2' },
    })
  })
})

describe('a price book file that is not right', () => {
  const problemsOf = (json: unknown) => {
    const parsed = parsePriceBook(json, 'prices.json')
    return parsed.ok ? [] : parsed.problems
  }
  const withRule = (rule: unknown) => ({
    ...bookOf(),
    versions: [{ version: 1, effectiveFrom: '2026-01-01', rules: [rule] }],
  })

  it('is accepted when it is right', () => {
    expect(problemsOf(bookOf())).toEqual([])
  })

  it.each([
    ['no object', [], 'prices.json: the file: '],
    ['no version', { ...bookOf(), versions: [] }, 'prices.json: versions: must have at least one version'],
    ['an unknown field', { ...bookOf(), vat: true }, 'prices.json: the file: Unrecognized key: "vat"'],
    ['an unknown currency', { ...bookOf(), currency: 'XXX' }, 'prices.json: currency: '],
    [
      'a price as a JSON number',
      withRule({ meter: 'sms', model: 'flat', per: '10', unitPrice: 1 }),
      'prices.json: versions[0].rules[0].unitPrice: ',
    ],
    [
      'a price that is too fine',
      withRule({ meter: 'sms', model: 'flat', per: '10', unitPrice: '0.0000001' }),
      'prices.json: versions[0].rules[0].unitPrice: must be a decimal text of 0 or more with at most 6 decimals, such as 0.014',
    ],
    [
      'an unknown meter',
      withRule({ meter: 'faxes', model: 'flat', per: '10', unitPrice: '1' }),
      'prices.json: versions[0].rules[0].meter: ',
    ],
    [
      'a price per nothing',
      withRule({ meter: 'sms', model: 'flat', per: '0', unitPrice: '1' }),
      'prices.json: versions[0].rules[0].per: must be more than 0',
    ],
    [
      'a retention where there is none',
      withRule({ meter: 'sms', retentionDays: 7, model: 'flat', per: '10', unitPrice: '1' }),
      'prices.json: versions[0].rules[0].retentionDays: must be left out: sms has one price',
    ],
    [
      'no retention where there must be one',
      withRule({ meter: 'logs', model: 'flat', per: '10', unitPrice: '1' }),
      'prices.json: versions[0].rules[0].retentionDays: is missing: the price of logs depends on retention',
    ],
    [
      'tiers that do not rise',
      withRule({
        meter: 'sms',
        model: 'graduated',
        per: '10',
        tiers: [
          { upTo: '10', unitPrice: '1' },
          { upTo: '9', unitPrice: '1' },
          { upTo: null, unitPrice: '1' },
        ],
      }),
      'prices.json: versions[0].rules[0].tiers[1].upTo: must be more than 10, the end of the tier before',
    ],
    [
      'tiers that end',
      withRule({ meter: 'sms', model: 'volume', per: '10', tiers: [{ upTo: '10', unitPrice: '1' }] }),
      'prices.json: versions[0].rules[0].tiers[0].upTo: must be null in the last tier',
    ],
    [
      'versions out of order',
      { ...bookOf(), versions: bookOf().versions.toReversed() },
      'prices.json: versions[0].version: must be 1: versions are numbered from 1 in their order',
    ],
    [
      'a meter the region does not offer',
      bookOf({ priceRegion: 'INT' }),
      'prices.json: versions[0].rules[0].meter: sms is not offered in price region INT',
    ],
  ])('names file and place: %s', (_, json, expected) => {
    expect(problemsOf(json)[0]).toContain(expected)
  })

  it('is told every problem at once', () => {
    const twice = bookOf().versions.map((version) => ({ ...version, rules: [...version.rules, ...version.rules] }))
    expect(problemsOf({ ...bookOf(), versions: twice })).toEqual([
      'prices.json: versions[0].rules[1]: prices sms again, after rules[0]',
      'prices.json: versions[1].rules[1]: prices sms again, after rules[0]',
    ])
  })
})
