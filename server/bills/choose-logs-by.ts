import type { WorkspaceId } from '../../contract/ids.ts'
import type { LogMeter } from '../../contract/log-charging.ts'
import { Problem } from '../../contract/problems.ts'
import { payerOf } from '../bindings/payer-of.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { getWorkspace } from '../workspaces/find-workspace.ts'
import { addDays, siteDayOf } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { deleteLogsBy, lockTerms, saveLogsBy, selectLogsBy } from './close-queries.ts'

/**
 * Chooses whether a workspace's logs are charged by entries or by volume, from the site's next day on; the running day is charged as it
 * began. Choosing what holds from then on anyway changes nothing and records nothing. Throws `not_found`, `workspace_dissolved`.
 */
export async function chooseLogsBy(ctx: TxCtx, of: { workspaceId: WorkspaceId; logsBy: LogMeter }): Promise<void> {
  const { workspaceId, logsBy } = of
  await lockTerms(ctx.db, workspaceId)
  const { site, standing } = await getWorkspace(ctx, workspaceId)
  if (standing === 'dissolved') throw new Problem('workspace_dissolved')
  // Asked after the lock: whoever waited for it past midnight chooses for the day after that.
  const today = siteDayOf(ctx.now(), siteSettings(ctx, site).timeZone)
  const fromDay = addDays(today, 1)
  const heldOn = async (day: string) => (await selectLogsBy(ctx.db, [workspaceId], day))[0]?.logsBy ?? 'logs'
  if ((await heldOn(fromDay)) === logsBy) return
  // What was chosen earlier today and is taken back leaves no day on which nothing began.
  if ((await heldOn(today)) === logsBy) await deleteLogsBy(ctx.db, { workspaceId, fromDay })
  else await saveLogsBy(ctx.db, { workspaceId, fromDay, logsBy })
  const payer = await payerOf(ctx, workspaceId)
  await record(ctx, {
    kind: 'workspace.log_charging_chosen',
    about: { workspaceId, ...(payer && { billingAccountId: payer }) },
    detail: { by: logsBy, from: fromDay },
  })
}
