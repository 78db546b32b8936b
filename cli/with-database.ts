import { systemContext } from '../server/context.ts'
import type { Ctx } from '../server/context.ts'
import { realClock, sandboxClock } from '../server/platform/clock.ts'
import { migrateToLatest } from '../server/platform/db/migrate-to-latest.ts'
import { connectionOf, openDatabase } from '../server/platform/db/open-database.ts'
import { createLog } from '../server/platform/log.ts'
import { readConfig } from '../server/read-config.ts'
import { subscriptions } from '../server/worker.ts'
import type { Terminal } from './terminal.ts'

/** Works on the server's own database, with its settings; the server may be running. The audit names the task. */
export async function withDatabase(terminal: Terminal, task: string, work: (ctx: Ctx) => Promise<void>): Promise<void> {
  const config = readConfig(terminal.env)
  const connection = connectionOf(config.database)
  await migrateToLatest(connection)
  const { db } = openDatabase(connection, 2)
  try {
    const { milliseconds } = await db.selectFrom('clock_offset').select('milliseconds').executeTakeFirstOrThrow()
    const clock = config.mode === 'sandbox' ? sandboxClock(milliseconds) : realClock()
    await work(systemContext({ config, db, clock, log: createLog('silent'), subscriptions }, task))
  } finally {
    await db.destroy()
  }
}
