import { Navigate, Outlet, useRouterState } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { useConsoleAccount, useSite } from './console-site.ts'

/** Pages for a signed-in console account; everybody else signs in first and comes back to the page that was asked for. */
export function SignedInGate() {
  const site = useSite()
  const account = useConsoleAccount()
  const here = useRouterState({ select: (state) => state.location.pathname })
  return account ? <Outlet /> : <Navigate to={paths.console.signIn(site.code, { next: here })} replace />
}
