import { DateTime } from 'luxon'

/** The vendor states no zone for its times; its China site runs on UTC+8, and so do its statements and deadlines. */
export const alibabaZone = 'UTC+8'

/** Reads `yyyy-MM-dd HH:mm:ss`; null when it is anything else. */
export function readLocalTime(text: string): Date | null {
  const time = DateTime.fromFormat(text.trim(), 'yyyy-MM-dd HH:mm:ss', { zone: alibabaZone })
  return time.isValid ? time.toJSDate() : null
}
