import { useEffect, useState } from 'react'

interface LastKnown<Account> {
  account: Account | null
  /** The session ended elsewhere while this page was open: what was typed on it stays. */
  gone: boolean
}

/**
 * The account of an area as last known to this page. When somebody else has signed in meanwhile (in another tab), the page is nobody's
 * and is loaded anew: nothing that was shown or typed for the former may reach the latter.
 */
export function useLastKnown<Account extends { id: string }>(now: Account | null): LastKnown<Account> {
  const [known, setKnown] = useState(now)
  const somebodyElse = now !== null && known !== null && now.id !== known.id
  if (now !== null && now !== known && !somebodyElse) setKnown(now)
  useEffect(() => {
    if (somebodyElse) location.reload()
  }, [somebodyElse])
  if (somebodyElse) return { account: null, gone: false }
  return { account: now ?? known, gone: now === null && known !== null }
}
