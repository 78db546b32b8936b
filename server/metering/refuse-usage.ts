import { usageLimits } from '../../contract/metering.ts'
import { freeQuota } from './free-quotas.ts'
import { meterOf } from './meters.ts'
import type { MeterCode } from './meters.ts'
import { refusal } from './refusal.ts'
import type { Refusal } from './refusal.ts'
import type { Taker } from './usage-workspaces.ts'

/** Why a workspace does not take usage of a meter now; null when it does. The meter is null for a void. */
export function refuseByWorkspace(taker: Taker, meter: MeterCode | null): Refusal | null {
  if (taker.standing === 'locked' || taker.standing === 'dissolved') return refusal('workspace_locked', 'subject')
  if (meter === null) return null
  if (!meterOf(meter).priceRegions.includes(taker.priceRegion))
    return refusal('not_on_site', 'data.meter', { meter, site: taker.site })
  return taker.plan === 'free' ? refuseByQuota(taker, meter) : null
}

function refuseByQuota(taker: Taker, meter: MeterCode): Refusal | null {
  const quota = freeQuota(meter)
  if (quota === null) return refusal('not_on_free_plan', 'data.meter', { meter })
  const used = taker.usedToday.get(meter) ?? 0
  return used >= quota ? refusal('free_quota_exceeded', 'data.meter', { meter, quota }) : null
}

/** Why an event's time is not taken; null when it is. */
export function refuseByTime(timeMs: number, nowMs: number): Refusal | null {
  const { aheadSeconds, lateDays } = usageLimits
  if (timeMs > nowMs + aheadSeconds * 1000) {
    return refusal('too_far_ahead', 'time', { seconds: aheadSeconds, now: new Date(nowMs).toISOString() })
  }
  return timeMs < nowMs - lateDays * 86_400_000 ? refusal('too_late', 'time', { days: lateDays }) : null
}
