/** The one source of "now". In sandbox mode it can be moved ahead; it never goes back. */
export interface Clock {
  now(): Date
  /** Moves the clock ahead by whole milliseconds; refused where the clock is the real one. */
  advance(milliseconds: number): void
  offset(): number
}

/** The real time; cannot be moved. */
export function realClock(): Clock {
  return {
    now: () => new Date(),
    offset: () => 0,
    advance() {
      throw new Error('The clock can only be advanced in sandbox mode.')
    },
  }
}

/** The real time plus an offset in milliseconds, for sandbox mode and tests. */
export function sandboxClock(offsetMilliseconds = 0): Clock {
  let offset = offsetMilliseconds
  return {
    now: () => new Date(Date.now() + offset),
    offset: () => offset,
    advance(milliseconds) {
      if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) {
        throw new Error('The clock moves ahead by whole milliseconds only.')
      }
      offset += milliseconds
    },
  }
}
