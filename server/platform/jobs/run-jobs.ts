import { Logger, parseCronItems, run, runOnce } from 'graphile-worker'
import type { Runner, TaskList } from 'graphile-worker'
import type pg from 'pg'
import { systemContext } from '../../context.ts'
import type { Services } from '../../context.ts'
import type { Log } from '../log.ts'
import { catchUpClock } from './follow-clock.ts'
import type { Task, TimedTask } from './task.ts'

function taskList(services: Services, tasks: readonly Task[]): TaskList {
  return Object.fromEntries(
    tasks.map((task) => [
      task.name,
      async (payload: unknown) => {
        // Another process may have made this job due by advancing the clock.
        await catchUpClock(services)
        await task.run(systemContext(services, task.name), payload)
      },
    ]),
  )
}

function queueLog(log: Log): Logger {
  return new Logger((scope) => (level, message) => {
    if (level === 'error') log.error({ ...scope }, message)
    else if (level === 'warning') log.warn({ ...scope }, message)
    else log.debug({ ...scope }, message)
  })
}

/** Works on jobs until stopped; timed tasks are woken by their crontab. */
export async function startJobs(
  services: Services,
  pool: pg.Pool,
  tasks: readonly Task[],
  timed: readonly TimedTask[],
): Promise<Runner> {
  return run({
    pgPool: pool,
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: 2_000,
    logger: queueLog(services.log),
    taskList: taskList(services, [...tasks, ...timed.map((entry) => entry.task)]),
    parsedCronItems: parseCronItems(
      timed.map((entry) => ({ task: entry.task.name, match: entry.crontab, options: { backfillPeriod: 3_600_000 } })),
    ),
  })
}

/** Runs every due job and returns when none is left: how tests and the sandbox clock wait for quiet. */
export async function runDueJobs(services: Services, pool: pg.Pool, tasks: readonly Task[]): Promise<void> {
  await runOnce({
    pgPool: pool,
    noHandleSignals: true,
    logger: queueLog(services.log),
    taskList: taskList(services, tasks),
  })
}
