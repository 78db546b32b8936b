import { systemContext } from '../context.ts'
import type { Services } from '../context.ts'
import { commitQueue } from './commit-queue.ts'
import type { CommitQueue } from './commit-queue.ts'
import { foldTotals } from './fold-totals.ts'
import { storeUsage } from './store-usage.ts'
import type { StoredUsage, UsageToStore } from './store-usage.ts'

/** What receives usage in this process: one queue, and whoever counts what was committed. */
export interface UsageDoor {
  queue: CommitQueue<UsageToStore, StoredUsage>
  /** Says that something was committed: it is counted within a second. */
  committed(): void
  /** Stops counting and resolves when nothing is under way. */
  close(): Promise<void>
}

/** Events a process holds waiting at most; beyond that it answers 429. */
const eventsWaiting = 50_000
/** Pause between two rounds of counting, and so how far totals may lie behind: longer while a round takes long, for what is counted together costs less. */
const foldPauseMs = { least: 500, most: 3000, perRound: 8 }

const doors = new WeakMap<Services, UsageDoor>()

/** The door of this process; opened on first use. */
export function usageDoor(services: Services): UsageDoor {
  const open = doors.get(services)
  if (open) return open
  const door = openDoor(services)
  doors.set(services, door)
  return door
}

function openDoor(services: Services): UsageDoor {
  const ctx = systemContext(services, 'metering.receive')
  const queue = commitQueue<UsageToStore, StoredUsage>({
    write: (calls) => storeUsage(ctx, calls),
    eventsPerCommit: 5000,
    commitsAtOnce: 2,
    eventsForAnother: 500,
    eventsWaiting,
  })
  let timer: NodeJS.Timeout | null = null
  let folding: Promise<void> = Promise.resolve()
  let closed = false
  let pauseMs = foldPauseMs.least
  const fold = async () => {
    timer = null
    const started = performance.now()
    try {
      await foldTotals(ctx)
    } catch (error) {
      // Nothing is lost: what was not counted is counted by the next round, or by the timed task.
      services.log.error({ err: error }, 'Usage could not be counted')
    }
    const wanted = (performance.now() - started) * foldPauseMs.perRound
    pauseMs = Math.min(foldPauseMs.most, Math.max(foldPauseMs.least, wanted))
  }
  return {
    queue,
    committed() {
      if (timer || closed) return
      timer = setTimeout(() => (folding = folding.then(fold)), pauseMs)
      timer.unref()
    },
    async close() {
      closed = true
      if (timer) clearTimeout(timer)
      await queue.idle()
      await folding
      doors.delete(services)
    },
  }
}
