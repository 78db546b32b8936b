import { Outlet, useRouterState } from '@tanstack/react-router'
import { useLastKnown } from '../layout/last-known.ts'
import { SignedOutBanner } from '../layout/SignedOutBanner.tsx'
import { SignInFirst } from '../layout/SignInFirst.tsx'
import { paths } from '../paths.ts'
import { useConsoleAccount, useSite } from './console-site.ts'

/** Pages for a signed-in console account; everybody else signs in first. Every site has its own accounts. */
export function SignedInGate() {
  const { code } = useSite()
  return <Gate key={code} site={code} />
}

function Gate({ site }: { site: string }) {
  const now = useConsoleAccount()
  const here = useRouterState({ select: (state) => state.location.pathname })
  const { account, gone } = useLastKnown(now)
  if (now && !account) return null
  if (!account) return <SignInFirst signIn={(next) => paths.console.signIn(site, { next })} />
  return (
    <>
      {gone ? <SignedOutBanner signIn={paths.console.signIn(site, { next: here })} /> : null}
      <Outlet />
    </>
  )
}
