import type { MeterCode } from './meters.ts'

const logs = { allowed: [3, 7, 14, 30, 60], usual: 14 } as const

/** Days of retention a meter's usage may be written under, and those meant when an event names none. Source: M/store, M/price. */
const retentionOf: Partial<Record<MeterCode, { allowed: readonly number[]; usual: number }>> = {
  time_series: { allowed: [3, 7, 14, 30, 180, 360], usual: 7 },
  logs,
  log_ingest: logs,
  traces: { allowed: [3, 7, 14, 30, 60], usual: 14 },
  profiles: { allowed: [3, 7, 14], usual: 14 },
  page_views: { allowed: [3, 7, 14, 30, 60], usual: 14 },
}

/** Retention is 7 days on the free plan, whatever an event says. Source: P/trial. */
export const freePlanRetentionDays = 7

/** Days an event may name; none for meters with one price. */
export function allowedRetention(meter: MeterCode): readonly number[] {
  return retentionOf[meter]?.allowed ?? []
}

/** Days meant when an event names none; 0 for meters with one price. */
export function usualRetention(meter: MeterCode): number {
  return retentionOf[meter]?.usual ?? 0
}
