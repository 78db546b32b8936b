import { standings } from '../../contract/workspaces.ts'
import type { Standing } from '../../contract/workspaces.ts'

/** Standings from which a workspace can still be put right. */
export const livingStandings: readonly Standing[] = standings.filter((standing) => standing !== 'dissolved')

/** How long a workspace goes on after what paid for it ended. Product rule; the real service says 14 days too. */
export const countdownDays = 14

/** How long a locked workspace's data is kept, so that it can be exported. Product rule. */
export const keptDays = 30

/** How long before a workspace is dissolved its people are told. */
export const noticeDays = 7

/** The least they must have: a warning that goes out later, because nobody worked here for a while, moves the day. */
export const leastNoticeDays = 6

const dayMs = 86_400_000

/** In which standings each change may happen. The SQL repeats the guard. */
export const standingAllows = {
  startCountdown: ['active'],
  endCountdown: ['countdown', 'locked'],
  lock: ['countdown'],
  dissolve: ['locked'],
} as const satisfies Record<string, readonly Standing[]>

/** End of a countdown that begins now. */
export function countdownEnd(now: Date): Date {
  return daysLater(now, countdownDays)
}

/** When a workspace locked now is dissolved. */
export function dissolutionOf(lockedAt: Date): Date {
  return daysLater(lockedAt, keptDays)
}

/** Up to which day of dissolution people are told now, and when their data goes where that is told too late. */
export function noticeAt(now: Date): { tellUpTo: Date; tooSoon: Date; instead: Date } {
  return {
    tellUpTo: daysLater(now, noticeDays),
    tooSoon: daysLater(now, leastNoticeDays),
    instead: daysLater(now, noticeDays),
  }
}

function daysLater(at: Date, days: number): Date {
  return new Date(at.getTime() + days * dayMs)
}
