import path from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { emptyDatabase } from '../../test/database.ts'
import { migrate, readMigrations } from '../platform/db/migrate.ts'
import { projectRoot } from '../platform/project-root.ts'

test('a database that lets no extension be created is brought up to date all the same, only without indexes of parts', async () => {
  const database = await emptyDatabase()
  const role = `plain_${process.pid}_${Date.now()}`
  const admin = new pg.Client(database.connection)
  await admin.connect()
  try {
    await admin.query(`create role ${role} login`)
    await admin.query(`grant all on schema public to ${role}`)
    const migrations = await readMigrations(path.join(projectRoot, 'migrations'))
    const applied = await migrate({ ...database.connection, user: role }, migrations)
    expect(applied).toContain('0017_operator_search')
    const { rows } = await admin.query<{ name: string }>(
      "select indexname as name from pg_indexes where indexname like '%\\_parts' or indexname like '%\\_latest'",
    )
    const names = rows.map(({ name }) => name)
    expect(names).toContain('workspaces_latest')
    expect(names).not.toContain('workspaces_parts')
  } finally {
    await admin.query(`drop owned by ${role}`)
    await admin.query(`drop role ${role}`)
    await admin.end()
    await database.close()
  }
})
