import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { systemContext } from '../../context.ts'
import type { Services } from '../../context.ts'
import { dueMoments } from './due-moments.ts'
import { catchUpClock } from './follow-clock.ts'
import { runDueJobs } from './run-jobs.ts'
import type { Task, TimedTask } from './task.ts'

export interface AdvanceOptions {
  services: Services
  pool: pg.Pool
  tasks: readonly Task[]
  timed: readonly TimedTask[]
  /** Moves other clocks of a sandbox world by the same step, such as the pretend marketplace's. */
  alongside?: (milliseconds: number) => Promise<void>
}

/** Longest that one moment may take to become quiet. */
const quietWithin = 120_000

/**
 * Moves the sandbox clock ahead and stops at every moment at which something falls due: timed tasks by their crontab, waiting jobs by
 * their time. Returns when the whole way was gone and nothing is due any more. The offset is kept in the database at each step, so
 * that a process killed on the way goes on from where it was. One advance at a time.
 */
export async function advanceClock(options: AdvanceOptions, milliseconds: number): Promise<void> {
  const { services } = options
  await catchUpClock(services)
  const wanted = services.clock.offset() + milliseconds
  await untilQuiet(options)
  const from = services.clock.now()
  for (const moment of dueMoments(options.timed, from, new Date(from.getTime() + milliseconds))) {
    await goTo(options, () => moment.at.getTime() - services.clock.now().getTime())
    for (const { task } of moment.tasks) await task.run(systemContext(services, task.name), {})
    await untilQuiet(options)
  }
  // Real time passes too while the work is done; the clock is moved by what was asked for all the same.
  await goTo(options, () => wanted - services.clock.offset())
  await untilQuiet(options)
}

/** Steps to a moment, stopping for every job that waits for a time before it. */
async function goTo(options: AdvanceOptions, millisecondsLeft: () => number): Promise<void> {
  for (;;) {
    const left = millisecondsLeft()
    if (left <= 0) return
    const wait = await untilNextJob(options.services)
    const step = wait === null ? left : Math.min(left, Math.max(wait, 1))
    await moveBy(options, step)
    if (step < left) await untilQuiet(options)
  }
}

/** Milliseconds until the next waiting job falls due by the database's clock; null when none waits. */
async function untilNextJob({ db }: Services): Promise<number | null> {
  const { rows } = await sql<{ wait: number | null }>`
    select ceil(extract(epoch from min(run_at) - now()) * 1000)::float8 as wait
    from graphile_worker.jobs
    where locked_at is null and attempts < max_attempts and run_at > now()`.execute(db)
  return rows[0]?.wait ?? null
}

/** Jobs wait by the database's clock, which stays: moving ours ahead brings their time nearer by as much. */
async function moveBy({ services, alongside }: AdvanceOptions, milliseconds: number): Promise<void> {
  services.clock.advance(milliseconds)
  // Added, not written over: another process may be advancing it too.
  await services.db
    .updateTable('clock_offset')
    .set({ milliseconds: sql`milliseconds + ${milliseconds}` })
    .execute()
  await sql`update graphile_worker._private_jobs set run_at = run_at - make_interval(secs => ${milliseconds / 1000})
    where locked_at is null and attempts < max_attempts and run_at > now()`.execute(services.db)
  await alongside?.(milliseconds)
}

/** Runs what is due and waits for what the running worker has taken; follow-ups included. */
async function untilQuiet({ services, pool, tasks }: AdvanceOptions): Promise<void> {
  for (let waited = 0; waited < quietWithin; waited += 20) {
    const { due, running } = await openJobs(services)
    if (due === 0 && running === 0) return
    if (due > 0) await runDueJobs(services, pool, tasks)
    else await pause(20)
  }
  throw new Error(`The clock stands at ${services.clock.now().toISOString()}: its jobs did not come to rest.`)
}

async function openJobs({ db }: Services): Promise<{ due: number; running: number }> {
  const { rows } = await sql<{ due: number; running: number }>`
    select count(*) filter (where locked_at is null and run_at <= now() and attempts < max_attempts)::int as due,
      count(*) filter (where locked_at is not null)::int as running
    from graphile_worker._private_jobs`.execute(db)
  return rows[0] ?? { due: 0, running: 0 }
}
