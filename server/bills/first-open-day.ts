import type { Ctx } from '../context.ts'
import type { PriceRegion } from '../metering/meters.ts'
import { addDays, siteDayOf } from '../workspaces/site-day.ts'
import { selectLatestDay } from './close-queries.ts'

/**
 * The first day that no bill was, or is being, made for on any site of a price region: new prices may begin there at the earliest. On
 * a site where no day was closed yet, that is its today. Undefined where no site has the region's prices.
 */
export async function firstOpenDay(ctx: Ctx, priceRegion: PriceRegion): Promise<string | undefined> {
  let first: string | undefined
  for (const site of ctx.services.config.catalogue.sites) {
    if (site.priceRegion !== priceRegion) continue
    const latest = await selectLatestDay(ctx.db, site.code)
    const open = latest ? addDays(latest.day, 1) : siteDayOf(ctx.now(), site.timeZone)
    if (first === undefined || open > first) first = open
  }
  return first
}
