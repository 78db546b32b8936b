import type { LogMeter } from '../../contract/log-charging.ts'
import type { AnnualPackage } from '../rating/annual-package.ts'
import { meterOf } from '../metering/meters.ts'
import type { PriceBook } from '../rating/price-book.ts'
import { rateAnnualPackage, type TrafficPack } from '../rating/rate-annual-package.ts'
import { rateUsage, type RatedLine, type UnpricedUsage, type UsageTotal } from '../rating/rate-usage.ts'
import { compareTotals, type LineSettlement } from './bill-line.ts'
import { chargesMeter } from './charges-meter.ts'

/** Settings of a workspace that decide its bill, as they stood on the billed day. */
export interface WorkspaceTerms {
  settlement: LineSettlement
  /** Whether logs are charged by entry (`logs`) or, for workspaces that chose it, by volume (`log_ingest`). Never both. */
  logsBy: LogMeter
}

/** An annual package in force on a day, what its packs had left as the day began, and the workspaces it serves, in their order. */
export interface PackageInForce {
  annualPackage: AnnualPackage
  packs: readonly TrafficPack[]
  workspaceIds: readonly string[]
}

export interface RatedDay {
  lines: RatedLine[]
  unpriced: UnpricedUsage[]
  packsUsed: { id: string; quantity: string }[]
}

/**
 * Prices all workspaces of one payer for one site's day. Leaves out what is not charged by nature: totals of zero, the kind of log
 * meter the workspace did not choose, and what is counted for annual packages only. Pure; the order of `usage` does not matter.
 */
export function rateDay(input: {
  book: PriceBook
  day: string
  usage: readonly UsageTotal[]
  workspaces: ReadonlyMap<string, WorkspaceTerms>
  annualPackage: PackageInForce | null
}): RatedDay {
  const { book, day, annualPackage } = input
  const chosen = input.usage
    .filter((total) => isChosen(total, input.workspaces.get(total.workspaceId)))
    .toSorted(compareTotals)
  if (!annualPackage) return { ...rateUsage({ book, day, usage: chosen.filter(isChargedByDay) }), packsUsed: [] }

  const served = annualPackage.workspaceIds.flatMap((id) => chosen.filter((total) => total.workspaceId === id))
  const others = chosen.filter((total) => !annualPackage.workspaceIds.includes(total.workspaceId))
  const covered = rateAnnualPackage({ ...annualPackage, book, day, usage: served })
  const byDay = rateUsage({ book, day, usage: [...covered.outside, ...others].filter(isChargedByDay) })
  return {
    lines: [...covered.lines, ...byDay.lines],
    unpriced: [...covered.unpriced, ...byDay.unpriced],
    packsUsed: covered.packsUsed,
  }
}

function isChosen(total: UsageTotal, terms: WorkspaceTerms | undefined): boolean {
  if (/^0(\.0+)?$/.test(total.quantity)) return false
  return chargesMeter(total.meter, terms?.logsBy ?? 'logs')
}

function isChargedByDay(total: UsageTotal): boolean {
  return meterOf(total.meter).charged !== 'annual_package'
}
