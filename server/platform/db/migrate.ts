import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'

/** Any number; all migrating processes take the same advisory lock. */
const migrationLock = 7_205_113

export interface MigrationFile {
  /** `0001_platform`: number and subject. */
  name: string
  sql: string
}

/** Raised when the database was migrated by a newer Purser than this one: an old binary refuses a newer schema. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError'
}

/** Reads the migrations of a folder in order of their numbers. */
export async function readMigrations(folder: string): Promise<MigrationFile[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_[a-z_]+\.sql$/.test(file)).sort()
  return Promise.all(
    files.map(async (file) => ({
      name: path.basename(file, '.sql'),
      sql: await readFile(path.join(folder, file), 'utf8'),
    })),
  )
}

/**
 * Brings the database to this binary's schema under a lock, each file in its own transaction, forward only.
 * Returns the names of the files applied now. Throws NewerSchemaError when the database knows migrations this binary does not.
 */
export async function migrate(connection: pg.ClientConfig, migrations: MigrationFile[]): Promise<string[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query(
      'create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string }>('select name from schema_migrations order by name')
    const known = new Set(migrations.map((migration) => migration.name))
    const unknown = rows.filter((row) => !known.has(row.name))
    if (unknown.length > 0) {
      throw new NewerSchemaError(
        `This database was migrated by a newer Purser (${unknown.map((row) => row.name).join(', ')}). Start that version, or restore a backup made before it.`,
      )
    }
    const applied = new Set(rows.map((row) => row.name))
    const pending = migrations.filter((migration) => !applied.has(migration.name))
    for (const migration of pending) await applyOne(client, migration)
    return pending.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

async function applyOne(client: pg.Client, migration: MigrationFile): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into schema_migrations (name) values ($1)', [migration.name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${migration.name} failed; the database is unchanged by it.`, { cause: error })
  }
}
