import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import * as field from './fields.ts'

/** Where the clock stands. Served in sandbox mode only; in production these paths are not there. */
export const clockState = z.object({
  now: field.instant,
  /** How far the clock is ahead of real time; below 0 in a world that began in the past and has not caught up yet. */
  aheadMilliseconds: z.number().int(),
})
export type ClockState = z.output<typeof clockState>

/** Most that one call advances: 7 days. More is several calls, so that progress can be shown. */
export const advanceLimitMilliseconds = 7 * 86_400_000

export const readClock = endpoint({
  name: 'readClock',
  method: 'GET',
  path: '/v1/clock',
  access: { who: 'anyone' },
  summary: 'The test clock (sandbox mode only)',
  response: clockState,
  problems: [],
})

export const advanceClock = endpoint({
  name: 'advanceClock',
  method: 'POST',
  path: '/v1/clock/advance',
  access: { who: 'anyone' },
  summary: 'Advance the test clock (sandbox mode only); answers when everything that fell due was done, in order',
  body: z.object({
    milliseconds: z
      .number()
      .int('must be whole milliseconds')
      .min(1, 'must be 1 or more')
      .max(advanceLimitMilliseconds, `must be at most ${advanceLimitMilliseconds} (7 days)`),
  }),
  response: clockState,
  problems: [],
})
