import { useEffect, useState } from 'react'
import type { CodeSent } from '../../contract/identity.ts'
import { ApiProblem, isProblem } from '../api.ts'
import { serverNow } from '../session.tsx'

const longestWaitSeconds = 60

/** Seconds until another code may be asked for; never more than the rule's 60, however the clocks differ. */
export function waitSeconds(resendAt: string, nowMilliseconds: number): number {
  const seconds = Math.ceil((Date.parse(resendAt) - nowMilliseconds) / 1000)
  return Math.min(longestWaitSeconds, Math.max(0, seconds))
}

interface Sent {
  /** Where the last code went, masked; null when the server only said that it is too soon for another. */
  to: string | null
  /** When another may be asked for, by this browser's clock, in milliseconds. */
  resendAt: number
}

/** What was sent for which purpose, so that looking back at a step neither forgets it nor sends again. In memory only. */
const remembered = new Map<string, Sent>()

/** Asking for a code: sends once, counts down to the next, remembers where it went under `purpose`. */
export function useCodeSending(purpose: string, send: () => Promise<CodeSent>) {
  const [sent, setSent] = useState<Sent | null>(remembered.get(purpose) ?? null)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [now, setNow] = useState(() => Date.now())
  const left = sent ? Math.min(longestWaitSeconds, Math.max(0, Math.ceil((sent.resendAt - now) / 1000))) : 0

  useEffect(() => {
    if (left <= 0) return
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [left])

  const remember = (next: Sent) => {
    remembered.set(purpose, next)
    setSent(next)
    setNow(Date.now())
  }

  const ask = async () => {
    if (pending || left > 0) return
    setPending(true)
    setProblem(null)
    try {
      const answer = await send()
      remember({ to: answer.sentTo, resendAt: Date.now() + waitSeconds(answer.resendAt, serverNow()) * 1000 })
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown
      if (isProblem(thrown, 'code_too_soon')) {
        const seconds = Number(thrown.details['seconds'] ?? longestWaitSeconds)
        remember({ to: sent?.to ?? null, resendAt: Date.now() + seconds * 1000 })
      }
      setProblem(thrown)
    } finally {
      setPending(false)
    }
  }

  // "Too soon" is over when the wait is.
  const said = left === 0 && isProblem(problem, 'code_too_soon') ? null : problem
  return { sentTo: sent?.to ?? null, pending, problem: said, left, ask }
}
