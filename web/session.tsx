import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect } from 'react'
import type { z } from 'zod'
import { readSession } from '../contract/identity.ts'
import { ask } from './api.ts'
import { nameBrand } from './language.ts'
import { ErrorState } from './parts/ErrorState.tsx'

export type Session = z.output<(typeof readSession)['response']>

const SessionContext = createContext<Session | null>(null)

/** How far the server's clock is ahead of this browser's, in milliseconds; 0 until the session is known. */
let clockLead = 0

/** Now by the server's clock, so that countdowns agree with it even when that clock was advanced. */
export function serverNow(): number {
  return Date.now() + clockLead
}

/** Brand, sites, terms and who this browser is in each realm. Only below `SessionGate`. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession is used outside SessionGate')
  return session
}

/** Loads the session before anything else is shown, and says so when the server does not answer. */
export function SessionGate({ children }: { children: (session: Session) => ReactNode }) {
  const query = useQuery({ ...ask(readSession), staleTime: 60_000 })
  const session = query.data
  useEffect(() => {
    if (session) clockLead = Date.parse(session.now) - Date.now()
  }, [session])
  if (session) {
    nameBrand(session.brand.name)
    return <SessionContext value={session}>{children(session)}</SessionContext>
  }
  if (query.isError) {
    return (
      <div style={{ maxWidth: 460, margin: '20vh auto 0', padding: 24 }}>
        <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
      </div>
    )
  }
  return null
}
