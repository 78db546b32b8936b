import { parseCronItems } from 'graphile-worker'
import type { TimedTask } from './task.ts'

const minute = 60_000
/** In a long advance a task that is woken more often is woken once an hour: its work is the same, only later by less than that. */
const longAdvance = 6 * 3_600_000

export interface DueMoment {
  at: Date
  tasks: TimedTask[]
}

/** When which timed tasks fall due after `from` and until `until`, in order. Pure. */
export function dueMoments(timed: readonly TimedTask[], from: Date, until: Date): DueMoment[] {
  const items = parseCronItems(timed.map((entry) => ({ task: entry.task.name, match: entry.crontab })))
  const sparing = until.getTime() - from.getTime() > longAdvance
  const lastHour = new Map<TimedTask, number>()
  const moments: DueMoment[] = []
  const first = Math.floor(from.getTime() / minute) * minute + minute
  for (let at = first; at <= until.getTime(); at += minute) {
    const hour = Math.floor(at / 3_600_000)
    const due = timed.filter((entry, index) => {
      if (!items[index]?.match(digestOf(new Date(at)))) return false
      if (sparing && lastHour.get(entry) === hour) return false
      lastHour.set(entry, hour)
      return true
    })
    if (due.length > 0) moments.push({ at: new Date(at), tasks: due })
  }
  return moments
}

function digestOf(at: Date) {
  return {
    min: at.getUTCMinutes(),
    hour: at.getUTCHours(),
    date: at.getUTCDate(),
    month: at.getUTCMonth() + 1,
    dow: at.getUTCDay(),
  }
}
