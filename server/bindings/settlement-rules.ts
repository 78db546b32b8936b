import { DateTime } from 'luxon'
import type { BindState } from '../../contract/activation.ts'
import type { InstanceStatus } from '../../contract/accounts.ts'
import type { InstanceId } from '../../contract/ids.ts'
import type { ProblemCode } from '../../contract/problems.ts'

/** What pays a workspace now: nothing yet, the balance, or an instance with its status. */
export type PaidBy =
  | { kind: 'nobody' }
  | { kind: 'balance' }
  | { kind: 'instance'; instanceId: InstanceId; status: InstanceStatus }

/** What shall pay from now on. */
export type PayTarget = { kind: 'balance' } | { kind: 'instance'; instanceId: InstanceId }

export interface ChangeRequest {
  now: PaidBy
  target: PayTarget
  /** When what pays last changed after the first binding; null when it never did. */
  lastChangedAt: Date | null
  at: Date
  timeZone: string
}

export type ChangeVerdict =
  | 'allowed'
  | 'unchanged'
  | Extract<ProblemCode, 'settlement_cloud_alive' | 'settlement_changed_this_month'>

/**
 * Whether what pays a workspace may change (product rule "Changing the settlement method"): once per calendar month of
 * the site; never away from a live instance. A closed or suspended instance may always be left: that is how a countdown ends.
 */
export function judgeChange(request: ChangeRequest): ChangeVerdict {
  const { now, target } = request
  if (now.kind === 'nobody') return 'allowed'
  if (samePayer(now, target)) return 'unchanged'
  if (now.kind === 'instance') return now.status === 'active' ? 'settlement_cloud_alive' : 'allowed'
  return changeableFrom(request.lastChangedAt, request.at, request.timeZone) === null
    ? 'allowed'
    : 'settlement_changed_this_month'
}

function samePayer(now: PaidBy, target: PayTarget): boolean {
  if (now.kind === 'balance') return target.kind === 'balance'
  return now.kind === 'instance' && target.kind === 'instance' && now.instanceId === target.instanceId
}

/** Start of the site's next month when a change was already made in this one; null when a change is possible now. */
export function changeableFrom(lastChangedAt: Date | null, at: Date, timeZone: string): Date | null {
  if (lastChangedAt === null) return null
  const next = DateTime.fromJSDate(lastChangedAt, { zone: timeZone }).startOf('month').plus({ months: 1 })
  return next.toMillis() > at.getTime() ? next.toJSDate() : null
}

/** How a workspace of the same Billing Center account stands towards one instance, as the binding list shows it. */
export function bindStateOf(request: ChangeRequest & { siteOffered: boolean }): BindState {
  const verdict = judgeChange(request)
  if (verdict === 'unchanged') return 'bound'
  if (!request.siteOffered) return 'site-not-offered'
  if (verdict === 'settlement_cloud_alive') return 'settled-elsewhere'
  return verdict === 'settlement_changed_this_month' ? 'locked-this-month' : 'bindable'
}
