import type { Standing } from '../../contract/workspaces.ts'

/** How long a workspace goes on after what paid for it ended. Product rule; the real service says 14 days too. */
export const countdownDays = 14

/** In which standings each change may happen. The SQL repeats the guard. */
export const standingAllows = {
  startCountdown: ['active'],
  endCountdown: ['countdown', 'locked'],
  lock: ['countdown'],
} as const satisfies Record<string, readonly Standing[]>

/** End of a countdown that begins now. */
export function countdownEnd(now: Date): Date {
  return new Date(now.getTime() + countdownDays * 86_400_000)
}
