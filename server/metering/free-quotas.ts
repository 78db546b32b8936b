import type { MeterCode } from './meters.ts'

/**
 * What the free plan takes per day of the site; beyond it usage is refused until midnight. Source: P/trial. Meters not named
 * are not part of the free plan. Collectors are counted everywhere and charged nowhere by the day.
 */
const freeQuotas: Partial<Record<MeterCode, number>> = {
  time_series: 3000,
  logs: 1_000_000,
  traces: 8000,
  profiles: 60,
  page_views: 2000,
  session_replays: 1000,
  synthetic_tests: 200_000,
  triggers: 100_000,
  network_hosts: 100,
  collector_hosts: 100,
}

/** The free plan's daily quota of a meter; null where the plan does not include it. */
export function freeQuota(meter: MeterCode): number | null {
  return freeQuotas[meter] ?? null
}
