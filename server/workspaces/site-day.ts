import { DateTime, IANAZone } from 'luxon'

/*
 * The day of a bill is the site's day. Days of a zone tile time: each instant is in exactly one day, and a day ends where the
 * next begins, also where clocks change (days of 23, 24 or 25 hours, a midnight that does not exist or comes twice, and a day
 * a country skipped altogether, which has no length).
 */

const dayText = /^\d{4}-\d{2}-\d{2}$/
const monthText = /^\d{4}-(?:0[1-9]|1[0-2])$/
const widestOffsetMinutes = 26 * 60
const minuteMs = 60_000

function zoneOf(name: string): IANAZone {
  const zone = IANAZone.create(name)
  if (!zone.isValid)
    throw new RangeError(`zone: ${JSON.stringify(name)} is not an IANA time zone such as Asia/Shanghai`)
  return zone
}

function utcMidnight(day: string): DateTime {
  const date = DateTime.fromISO(day, { zone: 'utc' })
  if (!dayText.test(day) || !date.isValid)
    throw new RangeError(`day: ${JSON.stringify(day)} is not a date such as 2026-01-31`)
  return date
}

function isoDate(date: DateTime): string {
  return date.toFormat('yyyy-MM-dd')
}

/** The day `count` days after `day` (before it when negative), by the calendar. */
export function addDays(day: string, count: number): string {
  return isoDate(utcMidnight(day).plus({ days: count }))
}

/** What a clock on the wall of the zone shows as the date, with no regard to where our days begin. */
function wallDate(zone: IANAZone, instantMs: number): string {
  return isoDate(DateTime.fromMillis(instantMs + zone.offset(instantMs) * minuteMs, { zone: 'utc' }))
}

/** The first instant at which the clock shows `day`; for a skipped midnight, the first after it. */
function beginningOf(day: string, zone: IANAZone): number {
  const midnight = utcMidnight(day).toMillis()
  const earliest = midnight - widestOffsetMinutes * minuteMs
  const latest = midnight + widestOffsetMinutes * minuteMs
  const offsets = [zone.offset(earliest), zone.offset(latest)]
  const midnights = offsets
    .map((offset) => ({ instant: midnight - offset * minuteMs, offset }))
    .filter(({ instant, offset }) => zone.offset(instant) === offset)
  if (midnights.length > 0) return Math.min(...midnights.map(({ instant }) => instant))
  return firstInstant({ after: earliest, until: latest }, (instant) => wallDate(zone, instant) >= day)
}

/** First millisecond in a span from which on `holds` is true. */
function firstInstant(span: { after: number; until: number }, holds: (instantMs: number) => boolean): number {
  let { after, until } = span
  while (until - after > 1) {
    const middle = Math.floor((after + until) / 2)
    if (holds(middle)) until = middle
    else after = middle
  }
  return until
}

/** Begin (included) and end (excluded) of a site's day. Throws RangeError for a day or zone that does not exist. */
export function siteDayBounds(day: string, zoneName: string): { startsAt: Date; endsAt: Date } {
  const zone = zoneOf(zoneName)
  return { startsAt: new Date(beginningOf(day, zone)), endsAt: new Date(beginningOf(addDays(day, 1), zone)) }
}

/** The site's day an instant belongs to, such as `2026-01-31`. */
export function siteDayOf(instant: Date, zoneName: string): string {
  const zone = zoneOf(zoneName)
  const instantMs = instant.getTime()
  let day = wallDate(zone, instantMs)
  while (beginningOf(addDays(day, 1), zone) <= instantMs) day = addDays(day, 1)
  return day
}

/** The month of a day: `2026-01-31` → `2026-01`. */
export function monthOf(day: string): string {
  return isoDate(utcMidnight(day)).slice(0, 7)
}

/** All days of a month such as `2026-02`, in order. */
export function daysOfMonth(month: string): string[] {
  if (!monthText.test(month)) throw new RangeError(`month: ${JSON.stringify(month)} is not a month such as 2026-01`)
  const first = utcMidnight(`${month}-01`)
  return Array.from({ length: first.daysInMonth ?? 0 }, (_, index) => isoDate(first.plus({ days: index })))
}
