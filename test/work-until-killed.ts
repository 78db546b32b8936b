import { closeDueDays } from '../server/bills/close-due-days.ts'
import { systemContext } from '../server/context.ts'
import type { Services } from '../server/context.ts'
import { eraseDetail } from '../server/metering/erase-detail.ts'
import { openDatabase } from '../server/platform/db/open-database.ts'
import { createLog } from '../server/platform/log.ts'
import { testConfig } from './catalogue.ts'
import type { TestDatabase } from './database.ts'
import { ordersGiven } from './orders.ts'
import { standingClock } from './services.ts'

const works = { closeDueDays, eraseDetail }

/** What a worker in a process of its own is told. */
export interface WorkOrders {
  work: keyof typeof works
  connection: TestDatabase['connection']
  now: string
}

/** A program that does one work to its end, and is killed somewhere on the way; says so once it has begun. */
const { work, connection, now } = ordersGiven<WorkOrders>()
const { db } = openDatabase(connection, 4)
const services: Services = {
  config: testConfig(connection, 'smtp://127.0.0.1:1'),
  db,
  clock: standingClock(new Date(now)),
  log: createLog('silent'),
  subscriptions: {},
}
process.stdout.write(`${work}\n`)
await works[work](systemContext(services, 'worker'))
await db.destroy()
