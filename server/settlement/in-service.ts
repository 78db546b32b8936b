import type { InstanceStatus } from '../../contract/accounts.ts'

const hourMilliseconds = 3_600_000

/**
 * Whether a marketplace still bills usage of an interval: the hour in which an instance expired or was released is, later hours are
 * not (page PushMeteringData, "timeliness"). Reporting them would be accepted and never billed.
 */
export function inService(
  instance: { status: InstanceStatus; status_changed_at: Date },
  interval: { period_from: Date },
): boolean {
  if (instance.status === 'active') return true
  const hour = Math.floor(interval.period_from.getTime() / hourMilliseconds) * hourMilliseconds
  return hour <= instance.status_changed_at.getTime()
}
