import { Outlet } from '@tanstack/react-router'
import { NotFoundPage } from '../layout/NotFoundPage.tsx'
import { useSession } from '../session.tsx'
import { useSiteCode } from './console-site.ts'

/** Lets a page be about a site only when there is such a site. */
export function SiteGate() {
  const code = useSiteCode()
  const { sites } = useSession()
  return sites.some((site) => site.code === code) ? <Outlet /> : <NotFoundPage />
}
