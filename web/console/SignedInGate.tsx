import { Outlet, useRouterState } from '@tanstack/react-router'
import { useLastKnown } from '../layout/last-known.ts'
import { SignedOutBanner } from '../layout/SignedOutBanner.tsx'
import { SignInFirst } from '../layout/SignInFirst.tsx'
import { paths } from '../paths.ts'
import { useConsoleAccount, useSite } from './console-site.ts'

/** Pages for a signed-in console account; everybody else signs in first. */
export function SignedInGate() {
  const site = useSite()
  const account = useConsoleAccount()
  const here = useRouterState({ select: (state) => state.location.pathname })
  const known = useLastKnown(account)
  if (account && !known.account) return null
  if (!known.account) return <SignInFirst signIn={(next) => paths.console.signIn(site.code, { next })} />
  return (
    <>
      {known.gone ? <SignedOutBanner signIn={paths.console.signIn(site.code, { next: here })} /> : null}
      <Outlet />
    </>
  )
}
