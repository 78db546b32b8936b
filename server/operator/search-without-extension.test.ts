import pg from 'pg'
import { expect, test } from 'vitest'
import { emptyDatabase } from '../../test/database.ts'
import { migrateToLatest } from '../platform/db/migrate-to-latest.ts'

test('a database whose owner may create no extension is brought up to date all the same, only without indexes of parts', async () => {
  const database = await emptyDatabase()
  const role = `plain_${process.pid}_${Date.now()}`
  const admin = new pg.Client(database.connection)
  await admin.connect()
  try {
    await admin.query(`create role ${role} login`)
    await admin.query(`grant all on schema public to ${role}`)
    const applied = await migrateToLatest({ ...database.connection, user: role })
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
