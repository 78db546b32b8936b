import type { Id } from '../../contract/ids.ts'
import { hourMilliseconds } from './hours-settled.ts'

/** Names a bill as a source of what is reported: `bill/bill_…`. */
export function billSource(billId: Id<'dailyBill'>): string {
  return `bill/${billId}`
}

/** What every source of usage begins with. */
export const usageSourcePrefix = 'usage/'

/** Names an hour of a workspace as a source: `usage/wksp_…/2026-03-10T02:00:00.000Z`. */
export function usageSource(workspaceId: string, hour: Date): string {
  return `${usageSourcePrefix}${workspaceId}/${hour.toISOString()}`
}

/** Begins of all hours that reach into a span, in order. */
export function hoursOf(span: { from: Date; until: Date }): Date[] {
  const first = Math.floor(span.from.getTime() / hourMilliseconds) * hourMilliseconds
  const count = Math.ceil((span.until.getTime() - first) / hourMilliseconds)
  return Array.from({ length: count }, (_, index) => new Date(first + index * hourMilliseconds))
}
