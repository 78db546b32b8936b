import { systemContext } from '../server/context.ts'
import type { Services } from '../server/context.ts'
import { eraseDetail } from '../server/metering/erase-detail.ts'
import { openDatabase } from '../server/platform/db/open-database.ts'
import { createLog } from '../server/platform/log.ts'
import { testConfig } from './catalogue.ts'
import type { TestDatabase } from './database.ts'
import { standingClock } from './services.ts'

/** What an eraser in a process of its own is told. */
export interface EraserOrders {
  connection: TestDatabase['connection']
  now: string
}

/** A program that deletes the detail of dissolved workspaces, and is killed somewhere on the way; says so once it has begun. */
const orders = JSON.parse(process.env['ERASER_ORDERS'] ?? '{}') as EraserOrders
const { db } = openDatabase(orders.connection, 4)
const config = testConfig(orders.connection, 'smtp://127.0.0.1:1')
const services: Services = {
  config,
  db,
  clock: standingClock(new Date(orders.now)),
  log: createLog('silent'),
  subscriptions: {},
}
process.stdout.write('erasing\n')
await eraseDetail(systemContext(services, 'eraser'))
await db.destroy()
