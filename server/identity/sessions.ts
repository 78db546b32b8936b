/** How long a session lasts without use, and at most, in milliseconds. */
export const sessionIdle = 7 * 86_400_000
export const sessionMax = 30 * 86_400_000

/** Use is written down at most this often: a session is read on every request. */
export const sessionTouchEvery = 5 * 60_000

export interface SessionTimes {
  lastSeenAt: Date
  expiresAt: Date
  endedAt: Date | null
}

/** Whether a session still stands for its account. */
export function sessionIsLive(times: SessionTimes, now: Date): boolean {
  if (times.endedAt !== null) return false
  return now.getTime() < times.expiresAt.getTime() && now.getTime() < times.lastSeenAt.getTime() + sessionIdle
}

/** Whether this use is to be written down. */
export function sessionWantsTouch(times: SessionTimes, now: Date): boolean {
  return now.getTime() - times.lastSeenAt.getTime() >= sessionTouchEvery
}
