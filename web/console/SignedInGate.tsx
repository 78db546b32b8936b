import { Outlet } from '@tanstack/react-router'
import { SignInFirst } from '../layout/SignInFirst.tsx'
import { paths } from '../paths.ts'
import { useConsoleAccount, useSite } from './console-site.ts'

/** Pages for a signed-in console account; everybody else signs in first. */
export function SignedInGate() {
  const site = useSite()
  const account = useConsoleAccount()
  return account ? <Outlet /> : <SignInFirst signIn={(next) => paths.console.signIn(site.code, { next })} />
}
