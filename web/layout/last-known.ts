import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { forgetAnswers } from '../query-client.ts'

interface LastKnown<Account> {
  account: Account | null
  /** The session ended elsewhere while this page was open: what was typed on it stays. */
  gone: boolean
}

/**
 * The account of an area as last known to this page. When somebody else signs in (in another tab), it is nobody's for a moment, in which
 * what the server answered to the former is forgotten and the area's pages begin anew.
 */
export function useLastKnown<Account extends { id: string }>(now: Account | null): LastKnown<Account> {
  const client = useQueryClient()
  const [known, setKnown] = useState(now)
  const somebodyElse = now !== null && known !== null && now.id !== known.id
  useEffect(() => {
    if (now === null) return
    if (somebodyElse) forgetAnswers(client)
    setKnown(now)
  }, [now, somebodyElse, client])
  if (somebodyElse) return { account: null, gone: false }
  return { account: now ?? known, gone: now === null && known !== null }
}
