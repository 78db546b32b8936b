import { readClock } from '../contract/clock.ts'
import { DateTime } from 'luxon'
import { addressOf } from './addresses.ts'

/** An address may get one code a minute; a little more, for the mail's own way. */
export const codeEveryMs = 61_000

const variable = 'JOURNEYS_CLOCK_ADVANCED'

/** When the clock was last advanced by a minute or more, in real time, which is what the inbox shows. */
export function lastAdvance(): string {
  return process.env[variable] ?? ''
}

/** Advances the clock of the whole demo world; answers when all that fell due is done. */
export async function advanceClock(milliseconds: number): Promise<void> {
  const answer = await fetch(`${addressOf('purser')}/v1/clock/advance`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-purser-request': '1' },
    body: JSON.stringify({ milliseconds }),
  })
  if (!answer.ok) throw new Error(`The clock answered ${answer.status}: ${await answer.text()}`)
  if (milliseconds >= codeEveryMs) process.env[variable] = new Date().toISOString()
}

/** Advances the clock to the next such time of day in Hangzhou, such as `10:00`; by a minute at least. */
export async function advanceTo(timeOfDay: string): Promise<void> {
  const answer = await fetch(`${addressOf('purser')}${readClock.path}`)
  const now = DateTime.fromISO(readClock.response.parse(await answer.json()).now, { zone: 'Asia/Shanghai' })
  const today = DateTime.fromISO(timeOfDay, { zone: 'Asia/Shanghai' }).set({ year: now.year, ordinal: now.ordinal })
  const soonest = now.plus(codeEveryMs)
  const next = today > soonest ? today : today.plus({ days: 1 })
  await advanceClock(Math.ceil(next.diff(now).milliseconds))
}
