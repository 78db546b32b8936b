import type { Ctx } from '../context.ts'
import type { UsageOfHour } from '../metering/usage-of-hours.ts'
import { siteDayOf } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { chargesMeter } from './charges-meter.ts'
import { selectLogTerms } from './close-queries.ts'

/**
 * Whether usage of an hour is charged by its meter: of logs and log ingest only the one that the workspace is charged by on the day of
 * its site in which the hour begins, so that a marketplace is told of no other.
 */
export async function chargedInHours(
  ctx: Ctx,
  workspaceIds: readonly string[],
): Promise<(usage: Pick<UsageOfHour, 'workspaceId' | 'meter' | 'hour'>) => boolean> {
  const terms = new Map<string, Awaited<ReturnType<typeof selectLogTerms>>>()
  for (const term of await selectLogTerms(ctx.db, workspaceIds)) {
    terms.set(term.workspaceId, [...(terms.get(term.workspaceId) ?? []), term])
  }
  return ({ workspaceId, meter, hour }) => {
    const latestFirst = terms.get(workspaceId) ?? []
    const held = latestFirst.find(({ site, fromDay }) => fromDay <= siteDayOf(hour, siteSettings(ctx, site).timeZone))
    return chargesMeter(meter, held?.logsBy ?? 'logs')
  }
}
