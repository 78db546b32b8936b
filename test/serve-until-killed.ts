import { startPurser } from '../server/start.ts'
import { testConfig } from './catalogue.ts'
import type { TestDatabase } from './database.ts'
import { ordersGiven } from './orders.ts'

/** What a server in a process of its own is told. */
export interface ServerOrders {
  connection: TestDatabase['connection']
}

/** A whole Purser, API and worker, on a free port; says where it listens, and runs until it is killed. */
const orders = ordersGiven<ServerOrders>()
const config = {
  ...testConfig(orders.connection, 'smtp://127.0.0.1:1'),
  host: '127.0.0.1',
  port: 0,
  logLevel: 'silent',
}
const purser = await startPurser({ config })
process.stdout.write(`${purser.url}\n`)
