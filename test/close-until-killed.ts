import { closeDueDays } from '../server/bills/close-due-days.ts'
import { systemContext } from '../server/context.ts'
import type { Services } from '../server/context.ts'
import { openDatabase } from '../server/platform/db/open-database.ts'
import { createLog } from '../server/platform/log.ts'
import { testConfig } from './catalogue.ts'
import type { TestDatabase } from './database.ts'
import { standingClock } from './services.ts'

/** What a closer in a process of its own is told. */
export interface CloserOrders {
  connection: TestDatabase['connection']
  now: string
}

/** A program that closes every day that is due, and is killed somewhere on the way; says so once it has begun. */
const orders = JSON.parse(process.env['CLOSER_ORDERS'] ?? '{}') as CloserOrders
const { db } = openDatabase(orders.connection, 4)
const config = testConfig(orders.connection, 'smtp://127.0.0.1:1')
const services: Services = {
  config,
  db,
  clock: standingClock(new Date(orders.now)),
  log: createLog('silent'),
  subscriptions: {},
}
process.stdout.write('closing\n')
await closeDueDays(systemContext(services, 'closer'))
await db.destroy()
