import type { FastifyInstance } from 'fastify'
import type { AppOptions } from './app.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { ConfigError, refusePretence } from './config.ts'
import { systemContext } from './context.ts'
import type { Services } from './context.ts'
import { migrateToLatest } from './platform/db/migrate-to-latest.ts'
import { connectionOf, openDatabase } from './platform/db/open-database.ts'
import { realClock, sandboxClock } from './platform/clock.ts'
import type { Clock } from './platform/clock.ts'
import { followClock } from './platform/jobs/follow-clock.ts'
import { startJobs } from './platform/jobs/run-jobs.ts'
import { testClock } from './platform/jobs/test-clock.ts'
import type { Log } from './platform/log.ts'
import { createLog } from './platform/log.ts'
import { seedPriceBooks } from './rating/seed-price-books.ts'
import { subscriptions, tasks, timedTasks } from './worker.ts'

export interface StartOptions extends AppOptions {
  config: Config
  /** Which halves of the program to run; both unless told otherwise. */
  roles?: readonly ('api' | 'worker')[]
  log?: Log
  /** In sandbox mode: moves other clocks by the same step when ours is advanced. */
  alongside?: (milliseconds: number) => Promise<void>
}

export interface RunningPurser {
  services: Services
  app: FastifyInstance | null
  /** Origin the server listens on (with the port it got); null without the api role. */
  url: string | null
  /** Stops taking requests, lets running ones and jobs finish, closes the database. */
  close(): Promise<void>
}

/** Starts Purser: migrations under a lock, then HTTP and background work. Throws ConfigError when it must not start. */
export async function startPurser(options: StartOptions): Promise<RunningPurser> {
  const { config } = options
  refusePretence(config)
  const log = options.log ?? createLog(config.logLevel)
  const connection = connectionOf(config.database)
  const applied = await migrateToLatest(connection)
  if (applied.length > 0) log.info({ applied }, 'Database migrated')
  const { db, pool } = openDatabase(connection)
  const services: Services = { config, db, log, clock: await readClock(config, db), subscriptions }
  await seedPriceBooks(systemContext(services, 'start'))
  const roles = options.roles ?? ['api', 'worker']
  const runner = roles.includes('worker') ? await startJobs(services, pool, tasks, timedTasks) : null
  const clock = testClock({ services, pool, tasks, timed: timedTasks, ...alongsideOf(options) })
  const app = roles.includes('api') ? await createApp(services, { ...options, ...(clock ? { clock } : {}) }) : null
  const following = followClock(services)
  const url = app ? await app.listen({ host: config.host, port: config.port }) : null
  return {
    services,
    app,
    url,
    async close() {
      await app?.close()
      await runner?.stop()
      await following.stop()
      await db.destroy()
    },
  }
}

function alongsideOf({ alongside }: StartOptions): { alongside?: (milliseconds: number) => Promise<void> } {
  return alongside ? { alongside } : {}
}

async function readClock(config: Config, db: Services['db']): Promise<Clock> {
  const { milliseconds } = await db.selectFrom('clock_offset').select('milliseconds').executeTakeFirstOrThrow()
  if (config.mode === 'sandbox') return sandboxClock(milliseconds)
  if (milliseconds !== 0) {
    throw new ConfigError(
      'This database belongs to a sandbox whose clock was advanced; production refuses to start on it.',
    )
  }
  return realClock()
}
