import { Problem } from '../../contract/problems.ts'
import type { SiteSettings } from '../config.ts'
import type { Ctx } from '../context.ts'

/** The settings of a site; throws `unknown_site` naming the ones there are. */
export function siteSettings(ctx: Ctx, code: string): SiteSettings {
  const { sites } = ctx.services.config.catalogue
  const found = sites.find((site) => site.code === code)
  if (!found) throw new Problem('unknown_site', { allowed: sites.map((site) => site.code).join(', ') }, 'site')
  return found
}
