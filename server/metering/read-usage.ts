import type { z } from 'zod'
import type { readUsage as readUsageEndpoint } from '../../contract/metering.ts'
import type { WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { getWorkspace } from '../workspaces/find-workspace.ts'
import { addDays, monthOf, siteDayOf } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { compareMeters, meterOf } from './meters.ts'
import { selectMonthTotals } from './read-queries.ts'

type CurrentUsage = z.input<(typeof readUsageEndpoint)['response']>

/** A workspace's usage of the running month of its site per meter and retention, in the order of bills. */
export async function readUsage(ctx: Ctx, input: { workspaceId: WorkspaceId }): Promise<CurrentUsage> {
  const { site } = await getWorkspace(ctx, input.workspaceId)
  const { timeZone } = siteSettings(ctx, site)
  const today = siteDayOf(ctx.now(), timeZone)
  const monthBegins = `${monthOf(today)}-01`
  const rows = await selectMonthTotals(ctx.db, input.workspaceId, { monthBegins, yesterday: addDays(today, -1), today })
  const meters = rows
    .toSorted((left, right) => compareMeters(left.meter, right.meter) || left.retention - right.retention)
    .map(({ retention, ...row }) => {
      const { name, unitSize, unitName, aggregation } = meterOf(row.meter)
      return { ...row, name, unitSize, unitName, aggregation, retentionDays: retention === 0 ? null : retention }
    })
  return { today, monthBegins, timeZone, meters }
}
