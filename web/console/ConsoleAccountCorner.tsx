import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { signOutOfConsole } from '../../contract/identity.ts'
import { call } from '../api.ts'
import { AccountCorner } from '../layout/AccountCorner.tsx'
import { paths } from '../paths.ts'
import { useConsoleAccount, useSite } from './console-site.ts'

/** Who is signed in on this site, with the way out. */
export function ConsoleAccountCorner() {
  const site = useSite()
  const account = useConsoleAccount()
  const client = useQueryClient()
  const navigate = useNavigate()
  if (!account) return null
  return (
    <AccountCorner
      username={account.username}
      email={account.email}
      signOut={() => call(signOutOfConsole, { params: { site: site.code } })}
      onSignedOut={async () => {
        await navigate({ to: paths.console.signIn(site.code) })
        await client.resetQueries()
      }}
    />
  )
}
