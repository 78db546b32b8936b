import type { RetentionPolicy } from '../../contract/retention.ts'
import { meterOf } from './meters.ts'
import type { MeterCode } from './meters.ts'

interface Offered {
  allowed: readonly number[]
  usual: number
}

/** Days each kind of data may be kept, and those meant where nothing was chosen. Source: M/store. */
const offered: Record<RetentionPolicy, Offered> = {
  metrics: { allowed: [3, 7, 14, 30, 180, 360], usual: 7 },
  logs: { allowed: [3, 7, 14, 30, 60], usual: 14 },
  traces: { allowed: [3, 7, 14, 30, 60], usual: 14 },
  page_views: { allowed: [3, 7, 14, 30, 60], usual: 14 },
}

/** Meters with fewer days than their kind: they have no price for more. Source: M/price. */
const fewer: Partial<Record<MeterCode, readonly number[]>> = { profiles: [3, 7, 14] }

/** Retention is 7 days on the free plan, whatever an event or a choice says. Source: P/trial. */
export const freePlanRetentionDays = 7

export function retentionOffered(policy: RetentionPolicy): Offered {
  return offered[policy]
}

/** Days an event may name; none for meters with one price. */
export function allowedRetention(meter: MeterCode): readonly number[] {
  const policy = meterOf(meter).retentionPolicy
  return policy === null ? [] : (fewer[meter] ?? offered[policy].allowed)
}

/** Days that usage of a meter is written under by what a workspace chose; 0 for meters with one price. */
export function retentionUnder(meter: MeterCode, chosen: ReadonlyMap<RetentionPolicy, number>): number {
  const policy = meterOf(meter).retentionPolicy
  if (policy === null) return 0
  const days = chosen.get(policy) ?? offered[policy].usual
  return allowedRetention(meter).findLast((allowed) => allowed <= days) ?? days
}
