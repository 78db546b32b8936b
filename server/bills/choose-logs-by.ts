import type { WorkspaceId } from '../../contract/ids.ts'
import type { TxCtx } from '../context.ts'
import { addDays, siteDayOf } from '../workspaces/site-day.ts'
import { getWorkspace } from '../workspaces/find-workspace.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { saveLogsBy } from './close-queries.ts'

/** Chooses whether a workspace's logs are charged by entry or by volume, from the site's next day on. Answers that day. */
export async function chooseLogsBy(
  ctx: TxCtx,
  of: { workspaceId: WorkspaceId; logsBy: 'logs' | 'log_ingest' },
): Promise<{ fromDay: string }> {
  const { site } = await getWorkspace(ctx, of.workspaceId)
  const fromDay = addDays(siteDayOf(ctx.now(), siteSettings(ctx, site).timeZone), 1)
  await saveLogsBy(ctx.db, { ...of, fromDay })
  return { fromDay }
}
