import { z } from 'zod'
import { advanceClock, advanceLimitMilliseconds, clockState, readClock } from '../contract/clock.ts'
import { Refused } from './terminal.ts'
import type { Terminal } from './terminal.ts'

const unitMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

/** Says where the test clock of a sandbox stands. */
export async function showClock({ say }: Terminal, url: string): Promise<void> {
  say((await ask(url, readClock)).now)
}

/** Advances the test clock of a sandbox by a duration such as `36h`, day by day; what falls due on the way is done in order. */
export async function advance({ say }: Terminal, url: string, duration: string): Promise<void> {
  let left = millisecondsOf(duration)
  const step = Math.min(advanceLimitMilliseconds, unitMs['d'] ?? left)
  while (left > 0) {
    const milliseconds = Math.min(left, step)
    say((await ask(url, advanceClock, { milliseconds })).now)
    left -= milliseconds
  }
}

function millisecondsOf(duration: string): number {
  const [, count = '', unit = ''] = /^([1-9]\d{0,5})([smhdw])$/.exec(duration) ?? []
  const milliseconds = Number(count) * (unitMs[unit] ?? 0)
  if (milliseconds === 0) throw new Refused(`${duration} is no duration such as 90s, 15m, 36h, 2d or 1w.`)
  return milliseconds
}

const refusal = z.object({ error: z.object({ message: z.string() }) })

async function ask(url: string, endpoint: { method: string; path: string }, body?: object) {
  const headers = { 'x-purser-request': '1', ...(body && { 'content-type': 'application/json' }) }
  const response = await fetch(new URL(endpoint.path, url), {
    method: endpoint.method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new Refused(`${url} cannot be reached.`, { cause: error })
  })
  const answer: unknown = await response.json().catch(() => null)
  const state = clockState.safeParse(answer)
  if (response.ok && state.success) return state.data
  const refused = refusal.safeParse(answer)
  throw new Refused(refused.success ? refused.data.error.message : `${url} answered ${response.status}.`)
}
