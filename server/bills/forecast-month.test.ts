import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forecastMonth } from './forecast-month.ts'
import type { MonthSoFar } from './forecast-month.ts'

const month = (over: Partial<MonthSoFar>): MonthSoFar => ({
  fullDays: ['10.00', '12.00', '11.00'],
  todaySoFar: '4.00',
  monthToNow: '104.00',
  daysLeft: 10,
  ...over,
})

test('a payer is told what the month comes to when the coming days are like the last ones', () => {
  expect(forecastMonth(month({}), 'CNY')).toEqual({
    low: '210.00',
    high: '232.00',
    day: { low: '10.00', high: '12.00' },
  })
})

test('one day that was much dearer, and one that was much cheaper, change nothing', () => {
  const usual = ['10.00', '10.50', '11.00']
  const expected = forecastMonth(month({ fullDays: usual }), 'CNY')
  expect(forecastMonth(month({ fullDays: ['0.00', ...usual, '900.00'] }), 'CNY')).toEqual(expected)
})

test('a day that already cost more than usual is not expected to become cheaper', () => {
  expect(forecastMonth(month({ todaySoFar: '40.00', daysLeft: 0 }), 'CNY')).toMatchObject({
    low: '104.00',
    high: '104.00',
  })
})

test('nobody is told anything after two days', () => {
  expect(forecastMonth(month({ fullDays: ['10.00', '12.00'] }), 'CNY')).toBeNull()
})

test('whatever happened, low is at most high, and neither is below what is spent already', () => {
  const cents = (min: number) => fc.integer({ min, max: 10_000_000 }).map((value) => (value / 100).toFixed(2))
  const amount = cents(-10_000)
  fc.assert(
    fc.property(
      fc.record({
        fullDays: fc.array(amount, { minLength: 3, maxLength: 7 }),
        todaySoFar: cents(0),
        monthToNow: amount,
        daysLeft: fc.integer({ min: 0, max: 30 }),
      }),
      (so) => {
        const { low, high, day } = forecastMonth(so, 'CNY')!
        expect(Number(low)).toBeLessThanOrEqual(Number(high))
        expect(Number(low)).toBeGreaterThanOrEqual(Number(so.monthToNow))
        expect(Number(day.low)).toBeGreaterThanOrEqual(0)
        const reversed = { ...so, fullDays: so.fullDays.toReversed() }
        expect(forecastMonth(reversed, 'CNY')).toEqual({ low, high, day })
      },
    ),
    { numRuns: 1000 },
  )
})
