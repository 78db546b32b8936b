/** The sandbox's time: real time plus an offset that only grows, so that months can pass in a test. Signatures of the API use real time. */
export interface SandboxClock {
  now(): Date
  offsetMs(): number
  /** Makes `now()` at least `instant`; never goes back. */
  moveTo(instant: Date): void
}

export function sandboxClock(startOffsetMs: number): SandboxClock {
  let offset = startOffsetMs
  return {
    now: () => new Date(Date.now() + offset),
    offsetMs: () => offset,
    moveTo(instant) {
      offset = Math.max(offset, instant.getTime() - Date.now())
    },
  }
}

const EAST_EIGHT_MS = 8 * 3_600_000

/** `yyyy-MM-dd HH:mm:ss` in UTC+8, as the China site writes times on the SPI (no page states the zone). */
export function chinaTimeText(instant: Date): string {
  return new Date(instant.getTime() + EAST_EIGHT_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** `yyyy-MM-dd` of the day in UTC+8 that contains the instant. */
export function chinaDay(instant: Date): string {
  return chinaTimeText(instant).slice(0, 10)
}

/** The instant at which a day `yyyy-MM-dd` begins in UTC+8. */
export function startOfChinaDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - EAST_EIGHT_MS)
}
