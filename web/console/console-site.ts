import { useParams } from '@tanstack/react-router'
import type { ConsoleAccount, Site } from '../../contract/identity.ts'
import { useSession } from '../session.tsx'

/** Code of the site this URL is about. */
export function useSiteCode(): string {
  const { site } = useParams({ strict: false }) as { site?: string }
  return site ?? ''
}

/** The site this URL is about. Only below `SiteGate`, which shows other pages for sites there are not. */
export function useSite(): Site {
  const code = useSiteCode()
  const site = useSession().sites.find((one) => one.code === code)
  if (!site) throw new Error('useSite is used outside SiteGate')
  return site
}

/** Who is signed in on the site of this URL; null when nobody is. */
export function useConsoleAccount(): ConsoleAccount | null {
  const code = useSiteCode()
  return useSession().console.find((one) => one.site === code) ?? null
}
