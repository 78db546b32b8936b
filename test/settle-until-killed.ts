import { sandboxClock } from '../server/platform/clock.ts'
import { openDatabase } from '../server/platform/db/open-database.ts'
import { createLog } from '../server/platform/log.ts'
import { systemContext } from '../server/context.ts'
import type { Services } from '../server/context.ts'
import type { AlibabaSettings } from '../server/config.ts'
import { runSettlement } from '../server/settlement/run-settlement.ts'
import { testConfig } from './catalogue.ts'
import type { TestDatabase } from './database.ts'
import { ordersGiven } from './orders.ts'

/** What a sender in a process of its own is told. */
export interface SenderOrders {
  connection: TestDatabase['connection']
  alibaba: AlibabaSettings
  clockOffset: number
}

/** A program that does nothing but rounds of settlement until it is killed; says so once it has begun. */
const orders = ordersGiven<SenderOrders>()
const { db } = openDatabase(orders.connection, 4)
const config = { ...testConfig(orders.connection, 'smtp://127.0.0.1:1'), marketplaces: { alibaba: orders.alibaba } }
const clock = sandboxClock(orders.clockOffset)
const services: Services = { config, db, clock, log: createLog('silent'), subscriptions: {} }
process.stdout.write('sending\n')
for (;;) {
  await runSettlement(systemContext(services, 'sender'))
  await new Promise((resolve) => setTimeout(resolve, 5))
}
