import { advanceClock as advanceEndpoint, readClock as readEndpoint } from '../../../contract/clock.ts'
import type { ClockState } from '../../../contract/clock.ts'
import { route } from '../http/serve.ts'
import type { Route } from '../http/serve.ts'
import { advanceClock } from './advance-clock.ts'
import type { AdvanceOptions } from './advance-clock.ts'

/** The clock of a sandbox, as people and programs turn it. */
export interface TestClock {
  state(): ClockState
  /** Answers when everything that fell due on the way was done. Calls take turns. */
  advance(milliseconds: number): Promise<ClockState>
}

/** The test clock in sandbox mode; null in production, where there is none. */
export function testClock(options: AdvanceOptions): TestClock | null {
  const { config, clock } = options.services
  if (config.mode !== 'sandbox') return null
  let turn: Promise<unknown> = Promise.resolve()
  const state = () => ({ now: clock.now().toISOString(), aheadMilliseconds: clock.offset() })
  return {
    state,
    advance(milliseconds) {
      const mine = turn.catch(() => {}).then(() => advanceClock(options, milliseconds))
      turn = mine
      return mine.then(state)
    },
  }
}

export function clockRoutes(clock: TestClock): readonly Route[] {
  return [
    route(readEndpoint, async () => clock.state()),
    route(advanceEndpoint, (_ctx, { body }) => clock.advance(body.milliseconds)),
  ]
}
