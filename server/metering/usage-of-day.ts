import type { Ctx } from '../context.ts'
import type { MeterCode } from './meters.ts'
import { selectLastBatch } from './fold-queries.ts'
import { selectCut, selectDayTotals } from './queries.ts'

export interface UsageOfDay {
  /** One per workspace, meter and retention with usage; in order of workspace, meter, retention. */
  usage: {
    workspaceId: string
    meter: MeterCode
    /** Null for meters with one price. */
    retentionDays: number | null
    /** Decimal text above 0, in what the meter counts. */
    quantity: string
  }[]
  /** Up to where usage was counted, in words; for a closed day always the same. */
  usageCut: string
}

/**
 * What workspaces of a site used on one of its days. `upTo: 'close'` (the default) leaves out what arrived after the day was
 * closed, so it answers the same for ever; `upTo: 'now'` counts late usage and corrections too. For an open day both are the same.
 */
export async function usageOfDay(
  ctx: Ctx,
  input: { workspaceIds: readonly string[]; site: string; day: string; upTo?: 'close' | 'now' },
): Promise<UsageOfDay> {
  const { workspaceIds, site, day, upTo = 'close' } = input
  const closed = await selectCut(ctx.db, site, day)
  const rows = await selectDayTotals(ctx.db, workspaceIds, site, day, upTo)
  const usageCut = closed !== undefined && upTo === 'close' ? closed : `group commit ${await selectLastBatch(ctx.db)}`
  return {
    usage: rows.map(({ retention, ...row }) => ({ ...row, retentionDays: retention === 0 ? null : retention })),
    usageCut,
  }
}
