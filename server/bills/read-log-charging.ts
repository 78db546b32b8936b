import { logMeters } from '../../contract/log-charging.ts'
import type { LogCharging } from '../../contract/log-charging.ts'
import type { WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { meterOf } from '../metering/meters.ts'
import { readRetentionChoices } from '../metering/read-retention-choices.ts'
import { freePlanRetentionDays } from '../metering/retention.ts'
import { getWorkspace } from '../workspaces/find-workspace.ts'
import { addDays } from '../workspaces/site-day.ts'
import { selectLogsBy } from './close-queries.ts'
import { readWorkspacePrices } from './read-workspace-prices.ts'

/** How a workspace's logs are charged now and from its site's next day on, and what either way costs today. */
export async function readLogCharging(ctx: Ctx, of: { workspaceId: WorkspaceId }): Promise<LogCharging> {
  const workspace = await getWorkspace(ctx, of.workspaceId)
  const { currency, today, unitPriceOf } = await readWorkspacePrices(ctx, workspace)
  const tomorrow = addDays(today, 1)
  const [now] = await selectLogsBy(ctx.db, [workspace.id], today)
  const [then] = await selectLogsBy(ctx.db, [workspace.id], tomorrow)
  const choices = await readRetentionChoices(ctx, workspace.id)
  const days = workspace.plan === 'free' ? freePlanRetentionDays : choices.logs.now
  const by = now?.logsBy ?? 'logs'
  return {
    by,
    since: now?.fromDay ?? null,
    next: then && then.logsBy !== by ? { by: then.logsBy, from: tomorrow } : null,
    changeableFrom: tomorrow,
    currency,
    retentionDays: days,
    prices: logMeters.map((meter) => ({
      by: meter,
      unitName: meterOf(meter).unitName,
      unitPrice: unitPriceOf(meter, { policy: 'logs', days }),
    })),
  }
}
