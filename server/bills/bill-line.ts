import { compareMeters, type MeterCode } from '../metering/meters.ts'
import { ruleId } from '../rating/price-book.ts'
import type { RatedLine, UsageTotal } from '../rating/rate-usage.ts'
import { compareTexts } from './canonical.ts'

/** What pays a line: the Billing Center account's own money, or one marketplace instance of its cloud account. */
export type LineSettlement = { method: 'balance' } | { method: 'marketplace'; instanceId: string }

/** A line for usage of the bill's own day. */
export type UsageLine = RatedLine & {
  kind: 'usage'
  /** Unique in its bill: `wksp_…/logs.7d`. */
  key: string
  settlement: LineSettlement
}

/** A line that sets right an earlier day, which stays closed as it was billed. Quantity and amount are changes; either may be below zero. */
export interface AdjustmentLine {
  kind: 'adjustment'
  /** Unique in its bill: `wksp_…/logs.7d@2026-01-31`. */
  key: string
  workspaceId: string
  meter: MeterCode
  retentionDays: number | null
  /** The site's day the usage belongs to. */
  adjustsDay: string
  quantity: string
  amount: string
  /** What was billed for that day so far, earlier adjustments included. */
  billed: { quantity: string; amount: string }
  /** What that day's usage, as known now, costs by the prices of that day; null when there is none left. */
  rated: RatedLine | null
  settlement: LineSettlement
}

export type BillLine = UsageLine | AdjustmentLine

/** What a total is about, as text: `wksp_…/logs.7d`. */
export function totalKey(of: { workspaceId: string; meter: MeterCode; retentionDays: number | null }): string {
  return `${of.workspaceId}/${ruleId(of)}`
}

/** Lines about the same total together, in the order of first appearance; no group is empty. */
export function linesByTotal(lines: readonly BillLine[]): [BillLine, ...BillLine[]][] {
  const groups = new Map<string, [BillLine, ...BillLine[]]>()
  for (const line of lines) {
    const group = groups.get(totalKey(line))
    if (group) group.push(line)
    else groups.set(totalKey(line), [line])
  }
  return [...groups.values()]
}

/** Orders totals by workspace, then as the meters are listed, then by retention. */
export function compareTotals(a: Omit<UsageTotal, 'quantity'>, b: Omit<UsageTotal, 'quantity'>): number {
  return (
    compareTexts(a.workspaceId, b.workspaceId) ||
    compareMeters(a.meter, b.meter) ||
    (a.retentionDays ?? 0) - (b.retentionDays ?? 0)
  )
}

/** Orders lines of a bill: by workspace; its usage first, then its adjustments by day; each as totals are ordered. */
export function compareLines(a: BillLine, b: BillLine): number {
  const adjustsA = a.kind === 'adjustment' ? a.adjustsDay : ''
  const adjustsB = b.kind === 'adjustment' ? b.adjustsDay : ''
  return compareTexts(a.workspaceId, b.workspaceId) || compareTexts(adjustsA, adjustsB) || compareTotals(a, b)
}

/** Throws RangeError when two totals are about the same; `place` says where they stand. */
export function refuseTwice(totals: readonly Omit<UsageTotal, 'quantity'>[], place: string): void {
  const seen = new Set<string>()
  for (const total of totals) {
    const key = totalKey(total)
    if (seen.has(key)) throw new RangeError(`${place}: ${key} is given twice`)
    seen.add(key)
  }
}
