import type { WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import type { MeterCode } from './meters.ts'
import { selectHourTotals } from './queries.ts'

export interface UsageOfHour {
  workspaceId: WorkspaceId
  /** Begin of the hour. */
  hour: Date
  meter: MeterCode
  /** Null for meters with one price. */
  retentionDays: number | null
  /**
   * Decimal text above 0. Sum meters: what the hour's events add up to. Distinct meters: things first counted in this hour of
   * the site's day, so that hours add up to the day. Max meters: the most held in the hour.
   */
  quantity: string
}

/** Usage per hour and meter with `from` ≤ hour < `to`; late usage and corrections stand in the hour they belong to. */
export async function usageOfHours(
  ctx: Ctx,
  input: { workspaceIds: readonly string[]; from: Date; to: Date },
): Promise<UsageOfHour[]> {
  const rows = await selectHourTotals(ctx.db, input.workspaceIds, input.from, input.to)
  return rows.map(({ retention, ...row }) => ({ ...row, retentionDays: retention === 0 ? null : retention }))
}
