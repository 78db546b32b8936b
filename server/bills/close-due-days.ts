import type { Ctx } from '../context.ts'
import { addDays, siteDayBounds, siteDayOf } from '../workspaces/site-day.ts'
import { selectFirstBinding, selectLatestDay } from './close-queries.ts'
import { closeSiteDay } from './close-site-day.ts'

/**
 * Closes every day of every site that is over, in order, beginning with the day its first workspace got a payer; one left half done is
 * finished first. Answers what was closed now.
 */
export async function closeDueDays(ctx: Ctx): Promise<{ site: string; day: string; issued: number; parked: number }[]> {
  const closed: { site: string; day: string; issued: number; parked: number }[] = []
  for (const { code: site, timeZone } of ctx.services.config.catalogue.sites) {
    for (;;) {
      const day = await nextDay(ctx, site, timeZone)
      if (day === null || ctx.now() < siteDayBounds(day, timeZone).endsAt) break
      const { issued, parked } = await closeSiteDay(ctx, { site, day })
      ctx.log.info({ site, day, issued, parked }, 'day closed')
      closed.push({ site, day, issued, parked })
    }
  }
  return closed
}

async function nextDay(ctx: Ctx, site: string, timeZone: string): Promise<string | null> {
  const latest = await selectLatestDay(ctx.db, site)
  if (latest) return latest.state === 'closed' ? addDays(latest.day, 1) : latest.day
  const first = await selectFirstBinding(ctx.db, site)
  return first ? siteDayOf(first, timeZone) : null
}
