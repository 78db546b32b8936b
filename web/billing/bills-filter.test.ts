import { describe, expect, it } from 'vitest'
import { paths } from '../paths.ts'
import { billsFilterOf, monthAround } from './bills-filter.ts'

describe('the filter of the bills', () => {
  it('is read from the URL it was written to', () => {
    const filter = { show: 'monthly', site: 'cn1', from: '2026-01-01', to: '2026-01-31' } as const
    const url = new URL(paths.billing.bills(filter), 'https://bills.example')
    expect(billsFilterOf(Object.fromEntries(url.searchParams))).toEqual(filter)
    expect(paths.billing.bills({})).toBe('/billing/bills')
  })

  it('leaves out what a mistyped link says', () => {
    expect(billsFilterOf({ site: 'nowhere', from: '2026-02-30', to: 7, show: 'all', other: 'x' })).toEqual({})
    expect(billsFilterOf({ site: 'us1', from: 'yesterday' })).toEqual({ site: 'us1' })
  })

  it('knows the days of a month by the site’s own calendar', () => {
    const newYear = Date.parse('2026-12-31T20:00:00Z')
    expect(monthAround(newYear, 'Asia/Shanghai', 0)).toEqual({ from: '2027-01-01', to: '2027-01-31' })
    expect(monthAround(newYear, 'America/Los_Angeles', 0)).toEqual({ from: '2026-12-01', to: '2026-12-31' })
    expect(monthAround(newYear, 'Asia/Shanghai', 1)).toEqual({ from: '2026-12-01', to: '2026-12-31' })
    expect(monthAround(Date.parse('2028-03-15T00:00:00Z'), 'UTC', 1)).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  })
})
