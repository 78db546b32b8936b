import { describe, expect, it } from 'vitest'
import { costPoints, roughly } from './cost-points.ts'
import type { CostNow } from './cost-points.ts'

const meters = ['logs', 'traces', 'profiles', 'triggers', 'page_views', 'sms', 'time_series']
const cost = (over: Partial<CostNow>): CostNow => ({
  charged: 'by_usage',
  currency: 'CNY',
  today: { day: '2026-02-26', total: '8.10', lines: [], withoutPrice: [] },
  monthToNow: '20.00',
  meters: meters.map((meter) => ({ meter, name: { en: meter, zh: meter } })),
  trend: [
    { day: '2026-02-25', amount: '11.90', byMeter: [{ meter: 'logs', amount: '11.90' }] },
    {
      day: '2026-02-26',
      amount: '8.10',
      byMeter: [
        { meter: 'logs', amount: '7.00' },
        { meter: 'sms', amount: '1.00' },
        { meter: 'time_series', amount: '0.10' },
      ],
    },
  ],
  forecast: null,
  ...over,
})

describe('cost by day', () => {
  it('shows the five meters that cost the most, and the others as one', () => {
    const [, today] = costPoints(cost({}))
    expect([...(today?.byMeter ?? [])]).toEqual([
      ['logs', '7'],
      ['other', '1.1'],
    ])
  })

  it('goes on to the end of the month where something can be said of it, and today never becomes cheaper', () => {
    const forecast = { low: '40.00', high: '44.00', day: { low: '7.50', high: '9.00' } }
    expect(
      costPoints(cost({ forecast })).map(({ day, total, expected }) => [day, total, expected?.low, expected?.high]),
    ).toEqual([
      ['2026-02-25', '11.90', undefined, undefined],
      ['2026-02-26', '8.10', '8.10', '9.00'],
      ['2026-02-27', null, '7.50', '9.00'],
      ['2026-02-28', null, '7.50', '9.00'],
    ])
    expect(costPoints(cost({}))).toHaveLength(2)
  })

  it('is said without cents once they do not matter, never as less than the range', () => {
    expect(roughly({ low: '2951.90', high: '3180.10' })).toEqual(['2951', '3181'])
    expect(roughly({ low: '9.90', high: '12.10' })).toEqual(['9.90', '12.10'])
  })
})
