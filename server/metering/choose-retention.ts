import type { WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { RetentionPolicy } from '../../contract/retention.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { getWorkspace } from '../workspaces/find-workspace.ts'
import { siteDayBounds, siteDayOf } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { freePlanRetentionDays, retentionOffered } from './retention.ts'
import { lockRetention, saveRetentionChoice, selectChosenSince } from './retention-queries.ts'

/**
 * Chooses how many days a workspace keeps a kind of data. The first choice of a site's day counts at once; of later ones that day the
 * last counts, from the next day on (source: M/store). What is written already keeps its price. Answers from when on.
 * Throws `retention_fixed` on the free plan and `retention_not_offered`.
 */
export async function chooseRetention(
  ctx: TxCtx,
  of: { workspaceId: WorkspaceId; policy: RetentionPolicy; days: number },
): Promise<{ from: Date }> {
  const { workspaceId, policy, days } = of
  const { site, plan } = await getWorkspace(ctx, workspaceId)
  if (plan === 'free') throw new Problem('retention_fixed', { days: freePlanRetentionDays })
  const { allowed } = retentionOffered(policy)
  if (!allowed.includes(days)) throw new Problem('retention_not_offered', { allowed: allowed.join(', ') }, 'days')
  await lockRetention(ctx.db, workspaceId)
  const at = ctx.now()
  const { timeZone } = siteSettings(ctx, site)
  const today = siteDayBounds(siteDayOf(at, timeZone), timeZone)
  const again = await selectChosenSince(ctx.db, { workspaceId, policy, since: today.startsAt })
  const from = again ? today.endsAt : at
  await saveRetentionChoice(ctx.db, { workspaceId, policy, days, from, at })
  await record(ctx, {
    kind: 'workspace.retention_chosen',
    about: { workspaceId },
    detail: { policy, days, from: from.toISOString() },
  })
  return { from }
}
