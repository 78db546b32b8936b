import type pg from 'pg'
import type { Config } from '../server/config.ts'
import { systemContext } from '../server/context.ts'
import type { Ctx, Services } from '../server/context.ts'
import type { Clock } from '../server/platform/clock.ts'
import { openDatabase } from '../server/platform/db/open-database.ts'
import { runDueJobs } from '../server/platform/jobs/run-jobs.ts'
import { createLog } from '../server/platform/log.ts'
import { subscriptions, tasks } from '../server/worker.ts'
import { testConfig } from './catalogue.ts'
import { testDatabase } from './database.ts'
import type { TestDatabase } from './database.ts'
import { testInbox } from './inbox.ts'
import type { TestInbox } from './inbox.ts'

export interface TestServices {
  services: Services
  /** How another process reaches the same database. */
  connection: TestDatabase['connection']
  pool: pg.Pool
  /** Stands still until moved. */
  clock: Clock
  /** Mails that arrived over SMTP. */
  inbox: TestInbox
  /** A context as a person's request would have it, before anybody is known. */
  ctx(over?: Partial<Ctx>): Ctx
  /** Runs what the worker would run now, follow-ups included. */
  runJobs(): Promise<void>
  close(): Promise<void>
}

/** Noon in Shanghai, evening of the day before in Los Angeles. */
export const testStart = new Date('2026-03-10T04:00:00.000Z')

/** Everything an action needs, on a fresh database with a clock that stands still and an inbox of its own. */
export async function testServices(change: (config: Config) => Config = (config) => config): Promise<TestServices> {
  const database = await testDatabase()
  const inbox = await testInbox()
  const { db, pool } = openDatabase(database.connection)
  const clock = standingClock(testStart)
  const config = change(testConfig(database.connection, inbox.smtpUrl))
  const services: Services = { config, db, clock, log: createLog(config.logLevel), subscriptions }
  return {
    services,
    connection: database.connection,
    pool,
    clock,
    inbox,
    ctx: (over = {}) => ({ ...systemContext(services, 'test'), actor: { kind: 'anyone' }, ip: '192.0.2.1', ...over }),
    runJobs: () => runDueJobs(services, pool, tasks),
    async close() {
      await db.destroy()
      await inbox.close()
      await database.close()
    },
  }
}

/** A clock that shows the same instant until it is moved ahead. */
export function standingClock(start: Date): Clock {
  let offset = 0
  return {
    now: () => new Date(start.getTime() + offset),
    offset: () => offset,
    advance(milliseconds) {
      offset += milliseconds
    },
  }
}
