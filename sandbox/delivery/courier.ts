import type { Ctx } from '../context.ts'
import { fireTimer } from '../market/fire-timer.ts'
import { keepClock } from '../store/settings.ts'
import { deliver } from './deliver.ts'
import { dueWork, nextDueAt } from './queries.ts'
import type { DueWork } from './queries.ts'

const MOST_AT_ONCE = 8
/** Timers of Node hold 24.8 days at most; looking once a minute costs nothing and follows a moved clock. */
const LONGEST_NAP_MS = 60_000

/** Sends what is due, as time passes or as it is made to pass. */
export interface Courier {
  /** Looks for due work soon. */
  wake(): void
  /** Attempts one notification now, whatever its due time, and waits for that attempt. */
  attemptNow(notificationId: string): Promise<void>
  /** Moves the clock to `target`, doing everything that falls due on the way one by one in order. Answers how much was done. */
  advanceTo(target: Date): Promise<number>
  /** Waits until nothing is due at the present time. */
  quiet(): Promise<void>
  stop(): Promise<void>
}

/** Starts the courier: one per database; `ctx.wake` must lead to its `wake`. */
export function startCourier(ctx: Ctx): Courier {
  const underWay = new Map<string, Promise<void>>()
  let nap: NodeJS.Timeout | undefined
  let round: Promise<void> | null = null
  let again = false
  let stopped = false
  let advancing: Promise<unknown> = Promise.resolve()
  let advances = 0

  function attempt(notificationId: string): Promise<void> {
    const present = underWay.get(notificationId)
    if (present) return present
    const started = deliver(ctx, notificationId).finally(() => underWay.delete(notificationId))
    underWay.set(notificationId, started)
    return started
  }

  async function perform(work: DueWork): Promise<void> {
    await (work.kind === 'timer' ? fireTimer(ctx, work.id) : attempt(work.id))
  }

  async function sendWhatIsDue(): Promise<void> {
    do {
      again = false
      for (;;) {
        const due = stopped ? [] : await dueWork(ctx.db, ctx.clock.now(), MOST_AT_ONCE)
        if (due.length === 0) break
        await Promise.all(due.map(perform))
      }
    } while (again && !stopped)
    if (!stopped) await layDown()
  }

  async function layDown(): Promise<void> {
    const dueAt = await nextDueAt(ctx.db)
    const wait = dueAt ? dueAt.getTime() - ctx.clock.now().getTime() : LONGEST_NAP_MS
    clearTimeout(nap)
    nap = setTimeout(wake, Math.min(Math.max(wait, 1), LONGEST_NAP_MS))
    nap.unref()
  }

  function wake(): void {
    if (stopped) return
    again = true
    // While the clock is being moved, that walk does the work, in order.
    if (round || advances > 0) return
    round = sendWhatIsDue()
      .catch((error: unknown) => {
        ctx.log.error({ err: error }, 'the sandbox courier stumbled and looks again in a while')
        clearTimeout(nap)
        nap = setTimeout(wake, 1_000)
        nap.unref()
      })
      .finally(() => {
        round = null
        if (again) wake()
      })
  }

  async function walkTo(target: Date): Promise<number> {
    await round
    let done = 0
    for (;;) {
      const [next] = stopped ? [] : await dueWork(ctx.db, target, 1)
      if (!next) break
      ctx.clock.moveTo(next.dueAt)
      await perform(next)
      done += 1
    }
    ctx.clock.moveTo(target)
    await keepClock(ctx)
    return done
  }

  return {
    wake,
    attemptNow: attempt,
    async advanceTo(target) {
      advances += 1
      const walk = advancing.then(() => walkTo(target))
      advancing = walk.catch(() => undefined)
      try {
        return await walk
      } finally {
        advances -= 1
        wake()
      }
    },
    async quiet() {
      wake()
      while (round) await round
    },
    async stop() {
      stopped = true
      clearTimeout(nap)
      await advancing
      await round
      await Promise.allSettled(underWay.values())
      clearTimeout(nap)
    },
  }
}
