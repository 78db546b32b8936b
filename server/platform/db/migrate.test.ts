import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyDatabase } from '../../../test/database.ts'
import type { TestDatabase } from '../../../test/database.ts'
import { migrate, NewerSchemaError } from './migrate.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await emptyDatabase()
})
afterAll(() => database.close())

const first = { name: '0001_first', sql: 'create table first (id int)' }
const second = { name: '0002_second', sql: 'create table second (id int)' }

test('two processes that start together migrate the database once', async () => {
  const applied = await Promise.all([migrate(database.connection, [first]), migrate(database.connection, [first])])
  expect(applied.flat()).toEqual(['0001_first'])
})

test('a migration that fails leaves the database as it was and says which one it is', async () => {
  const broken = { name: '0002_broken', sql: 'create table half (id int); select no_such_column from first' }
  await expect(migrate(database.connection, [first, broken])).rejects.toThrow(/0002_broken/)
  const client = new pg.Client(database.connection)
  await client.connect()
  const { rows } = await client.query("select to_regclass('half') as half")
  await client.end()
  expect(rows).toEqual([{ half: null }])
})

test('an old program refuses a database that a newer one has migrated', async () => {
  await migrate(database.connection, [first, second])
  await expect(migrate(database.connection, [first])).rejects.toThrow(NewerSchemaError)
})
