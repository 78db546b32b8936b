import { sql } from 'kysely'
import type { Config } from '../server/config.ts'
import { migrateToLatest } from '../server/platform/db/migrate-to-latest.ts'
import { connectionOf, openDatabase } from '../server/platform/db/open-database.ts'

const dayMilliseconds = 86_400_000

/**
 * Sets the clock of a world that is new some days back, so that its past can happen as it would have: in order, with every day
 * closed at its end. A world in which anybody has bought or registered keeps its time.
 */
export async function beginInThePast(database: Config['database'], days: number): Promise<void> {
  const connection = connectionOf(database)
  await migrateToLatest(connection)
  const { db } = openDatabase(connection, 1)
  await sql`update clock_offset set milliseconds = ${-days * dayMilliseconds}
    where milliseconds = 0 and not exists (select from billing_accounts) and not exists (select from marketplace_instances)`.execute(
    db,
  )
  await db.destroy()
}
