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
  wake: () => void
  /** Attempts one notification now, whatever its due time, and waits for that attempt. */
  attemptNow: (notificationId: string) => Promise<void>
  /** Waits for the first attempt at a notification just written; not when it is delayed, held, or was attempted before. */
  attemptFirst: (notificationId: string) => Promise<void>
  /** Moves the clock to `target`, doing everything that falls due on the way one by one in order. Answers how much was done. */
  advanceTo(target: Date): Promise<number>
  /** Waits until nothing is due at the present time. */
  quiet(): Promise<void>
  stop(): Promise<void>
}

/** Starts the courier: one per database; `ctx.wake` must lead to its `wake`. */
export function startCourier(ctx: Ctx): Courier {
  const attempts = shareAttempts(ctx)
  const perform = (work: DueWork) =>
    work.kind === 'timer' ? fireTimer(ctx, work.id) : attempts.attempt(work.id, 'next')
  let round: Promise<void> | null = null
  let again = false
  let stopped = false
  let advances = 0
  let advancing: Promise<unknown> = Promise.resolve()
  const nap = napper(wake)

  function wake(): void {
    again = true
    // While the clock is being moved, that walk does the work, in order.
    if (stopped || round || advances > 0) return
    round = sendWhatIsDue().finally(() => {
      round = null
      if (again) wake()
    })
  }

  async function sendWhatIsDue(): Promise<void> {
    try {
      while (again && !stopped) {
        again = false
        while (await sendSome(ctx, perform)) if (stopped) return
      }
      if (!stopped) nap.until(await nextDueAt(ctx.db), ctx.clock.now())
    } catch (error) {
      ctx.log.error({ err: error }, 'the sandbox courier stumbled and looks again in a second')
      again = false
      nap.until(new Date(ctx.clock.now().getTime() + 1_000), ctx.clock.now())
    }
  }

  async function advanceTo(target: Date): Promise<number> {
    advances += 1
    const walk = advancing.then(() => round).then(() => walkTo(ctx, target, perform))
    advancing = walk.catch(() => undefined)
    try {
      return await walk
    } finally {
      advances -= 1
      wake()
    }
  }

  async function quiet(): Promise<void> {
    wake()
    while (round) await round
  }

  async function stop(): Promise<void> {
    stopped = true
    await advancing
    await round
    await attempts.settled()
    nap.end()
  }

  return {
    wake,
    attemptNow: (id) => attempts.attempt(id, 'next'),
    attemptFirst: (id) => attempts.attempt(id, 'first-if-due'),
    advanceTo,
    quiet,
    stop,
  }
}

/** Two that ask for an attempt at one notification at once share it. */
function shareAttempts(ctx: Ctx) {
  const underWay = new Map<string, Promise<void>>()
  return {
    attempt(notificationId: string, which: 'next' | 'first-if-due'): Promise<void> {
      const present = underWay.get(notificationId)
      if (present) return present
      const started = deliver(ctx, notificationId, which).finally(() => underWay.delete(notificationId))
      underWay.set(notificationId, started)
      return started
    },
    settled: () => Promise.allSettled(underWay.values()),
  }
}

/** Does what is due now, a few at once; answers whether there was anything. */
async function sendSome(ctx: Ctx, perform: (work: DueWork) => Promise<void>): Promise<boolean> {
  const due = await dueWork(ctx.db, ctx.clock.now(), MOST_AT_ONCE)
  await Promise.all(due.map(perform))
  return due.length > 0
}

async function walkTo(ctx: Ctx, target: Date, perform: (work: DueWork) => Promise<void>): Promise<number> {
  let done = 0
  for (;;) {
    const [next] = await dueWork(ctx.db, target, 1)
    if (!next) break
    ctx.clock.moveTo(next.dueAt)
    await perform(next)
    done += 1
  }
  ctx.clock.moveTo(target)
  await keepClock(ctx)
  return done
}

/** Wakes at the next due time, or after the longest nap. */
function napper(wake: () => void) {
  let timer: NodeJS.Timeout | undefined
  return {
    until(dueAt: Date | null, now: Date) {
      const wait = dueAt ? dueAt.getTime() - now.getTime() : LONGEST_NAP_MS
      clearTimeout(timer)
      timer = setTimeout(wake, Math.min(Math.max(wait, 1), LONGEST_NAP_MS))
      timer.unref()
    },
    end: () => clearTimeout(timer),
  }
}
