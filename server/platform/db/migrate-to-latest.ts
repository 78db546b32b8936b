import path from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { projectRoot } from '../project-root.ts'
import { migrate, readMigrations } from './migrate.ts'

const migrationsFolder = path.join(projectRoot, 'migrations')

/** Brings job queue and schema to this binary's version. Returns the names of migrations applied now. */
export async function migrateToLatest(connection: pg.ClientConfig): Promise<string[]> {
  const pool = new pg.Pool({ ...connection, max: 1 })
  // Errors reach us through the queries themselves.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    // The queue's own tables first: our migrations and transactions call graphile_worker.add_job().
    await runMigrations({ pgPool: pool })
  } finally {
    await pool.end()
  }
  return migrate(connection, await readMigrations(migrationsFolder))
}
