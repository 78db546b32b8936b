import { DateTime } from 'luxon'
import type { MeterRules } from '../connector.ts'
import { alibabaZone } from './local-time.ts'

/** Limits of hourly and daily products (page "PushMeteringData" and the remarks of the official SDK). */
export const alibabaMeterRules: MeterRules = {
  recordsPerCall: 100,
  secondsBetweenCalls: 60,
  intervalLongerThanSeconds: 300,
  oneProductPerCall: true,
  decimals: 0,
  idempotency: 'none',
  readBack: false,
}

/**
 * "PushMeteringData": usage of 08:10–08:20 must arrive before 9:59, that of a day before 1:59 of the next. Taken literally as
 * the start of that minute. Later usage is not billed, and whether the vendor says so is not stated.
 */
export function meterDeadline(usageFrom: Date, granularity: 'hourly' | 'daily'): Date {
  const from = DateTime.fromJSDate(usageFrom, { zone: alibabaZone })
  const period =
    granularity === 'hourly' ? from.startOf('hour').plus({ hours: 2 }) : from.startOf('day').plus({ days: 1, hours: 2 })
  return period.minus({ minutes: 1 }).toJSDate()
}

/** Bill periods: hours, and days of UTC+8 (page "PushMeteringData"). */
export function meterPeriod(at: Date, granularity: 'hourly' | 'daily'): { from: Date; until: Date } {
  const unit = granularity === 'hourly' ? 'hour' : 'day'
  const from = DateTime.fromJSDate(at, { zone: alibabaZone }).startOf(unit)
  return { from: from.toJSDate(), until: from.plus({ [unit]: 1 }).toJSDate() }
}

/** The day of UTC+8 an instant belongs to. */
export function dayOf(at: Date): string {
  return DateTime.fromJSDate(at, { zone: alibabaZone }).toFormat('yyyy-MM-dd')
}
