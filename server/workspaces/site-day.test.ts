import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysOfMonth, monthOf, siteDayBounds, siteDayOf } from './site-day.ts'

const hours = (day: string, zone: string) => {
  const { startsAt, endsAt } = siteDayBounds(day, zone)
  return (endsAt.getTime() - startsAt.getTime()) / 3_600_000
}

describe('a site’s day', () => {
  it('is Shanghai’s on a China site: usage just after midnight is the new day’s', () => {
    expect(siteDayBounds('2026-11-23', 'Asia/Shanghai')).toEqual({
      startsAt: new Date('2026-11-22T16:00:00.000Z'),
      endsAt: new Date('2026-11-23T16:00:00.000Z'),
    })
    expect(siteDayOf(new Date('2026-11-22T15:59:59.999Z'), 'Asia/Shanghai')).toBe('2026-11-22')
    expect(siteDayOf(new Date('2026-11-22T16:00:00.000Z'), 'Asia/Shanghai')).toBe('2026-11-23')
  })

  it('has 23 or 25 hours when clocks change', () => {
    expect(hours('2026-03-08', 'America/Los_Angeles')).toBe(23)
    expect(hours('2026-11-01', 'America/Los_Angeles')).toBe(25)
    expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23)
    expect(hours('2026-10-25', 'Europe/Berlin')).toBe(25)
  })

  it('begins after a midnight that does not exist', () => {
    expect(siteDayBounds('2018-11-04', 'America/Sao_Paulo').startsAt).toEqual(new Date('2018-11-04T03:00:00.000Z'))
    expect(hours('2018-11-04', 'America/Sao_Paulo')).toBe(23)
  })

  it('begins at the first of two midnights', () => {
    expect(siteDayBounds('2012-11-04', 'America/Havana').startsAt).toEqual(new Date('2012-11-04T04:00:00.000Z'))
    expect(hours('2012-11-04', 'America/Havana')).toBe(25)
  })

  it('does not return to yesterday when a clock is set back over midnight', () => {
    const oneAfterMidnight = new Date('2006-10-29T02:30:30.000Z')
    expect(siteDayOf(oneAfterMidnight, 'America/St_Johns')).toBe('2006-10-29')
    expect(siteDayOf(new Date('2006-10-29T02:31:30.000Z'), 'America/St_Johns')).toBe('2006-10-29')
  })

  it('has no length where a country skipped it', () => {
    expect(hours('2011-12-30', 'Pacific/Apia')).toBe(0)
    expect(siteDayOf(new Date('2011-12-30T09:59:59.999Z'), 'Pacific/Apia')).toBe('2011-12-29')
    expect(siteDayOf(new Date('2011-12-30T10:00:00.000Z'), 'Pacific/Apia')).toBe('2011-12-31')
  })

  it('tiles time: every instant is in one day, and days meet without gap or overlap', () => {
    const zones = [
      'Asia/Shanghai',
      'Asia/Hong_Kong',
      'America/Los_Angeles',
      'Europe/Berlin',
      'Asia/Singapore',
      'Africa/Johannesburg',
      'Asia/Jakarta',
      'America/Sao_Paulo',
      'America/Havana',
      'America/St_Johns',
      'Pacific/Apia',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'Asia/Beirut',
      'Asia/Tehran',
      'America/Asuncion',
      'Pacific/Kiritimati',
      'Africa/Casablanca',
      'UTC',
    ]
    const instant = fc.date({
      min: new Date('1975-01-01T00:00:00Z'),
      max: new Date('2040-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (moment, zone) => {
        const day = siteDayOf(moment, zone)
        const { startsAt, endsAt } = siteDayBounds(day, zone)
        expect(startsAt.getTime()).toBeLessThanOrEqual(moment.getTime())
        expect(endsAt.getTime()).toBeGreaterThan(moment.getTime())
        expect(siteDayBounds(addDays(day, 1), zone).startsAt).toEqual(endsAt)
        expect(siteDayBounds(addDays(day, -1), zone).endsAt).toEqual(startsAt)
        expect(siteDayOf(startsAt, zone)).toBe(day)
        expect(siteDayOf(new Date(endsAt.getTime() - 1), zone)).toBe(day)
        expect(siteDayOf(endsAt, zone) > day).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })

  it('tiles ten years of every zone a site stands in, day after day', () => {
    for (const zone of [
      'Asia/Shanghai',
      'Asia/Hong_Kong',
      'America/Los_Angeles',
      'Europe/Berlin',
      'Asia/Singapore',
      'Africa/Johannesburg',
      'Asia/Jakarta',
    ]) {
      let reached = siteDayBounds('2024-01-01', zone).startsAt
      for (let day = '2024-01-01'; day < '2034-01-01'; day = addDays(day, 1)) {
        const bounds = siteDayBounds(day, zone)
        if (bounds.startsAt.getTime() !== reached.getTime())
          throw new Error(`${zone} ${day} does not begin where the day before ended`)
        reached = bounds.endsAt
      }
    }
  })
})

describe('days and months', () => {
  it('follow the calendar, leap days included', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(daysOfMonth('2026-02')).toHaveLength(28)
    expect(daysOfMonth('2028-02').at(-1)).toBe('2028-02-29')
    expect(monthOf('2026-11-30')).toBe('2026-11')
  })

  it('that do not exist are refused with the field named', () => {
    expect(() => siteDayBounds('2026-02-30', 'UTC')).toThrow('day: "2026-02-30" is not a date')
    expect(() => siteDayBounds('2026-2-3', 'UTC')).toThrow('day: ')
    expect(() => siteDayBounds('2026-02-03', 'Mars/Olympus')).toThrow('zone: "Mars/Olympus" is not an IANA time zone')
    expect(() => daysOfMonth('2026-13')).toThrow('month: ')
  })
})
