import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'

/** Refuses a site the catalogue does not have. Throws `unknown_site`, naming the ones there are. */
export function refuseUnknownSite(ctx: Ctx, code: string): void {
  const known = ctx.services.config.catalogue.sites.map((site) => site.code)
  if (!known.includes(code)) throw new Problem('unknown_site', { allowed: known.join(', ') }, 'site')
}
