import pg from 'pg'
import { inject } from 'vitest'

export interface TestDatabase {
  connection: pg.PoolConfig & { host: string; port: number; user: string; database: string }
  url: string
  close(): Promise<void>
}

let counter = 0

/** A fresh database cloned from the migrated template; dropped at `close`. */
export async function testDatabase(): Promise<TestDatabase> {
  return createFrom(inject('postgres').template)
}

/** A fresh database without any table. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return createFrom('template1')
}

async function createFrom(template: string): Promise<TestDatabase> {
  const { host, port, user } = inject('postgres')
  const name = `test_${process.pid}_${Date.now()}_${counter++}`
  await asAdmin(`create database ${name} template ${template}`)
  return {
    connection: { host, port, user, database: name },
    url: `postgresql://${user}@/${name}?host=${encodeURIComponent(host)}&port=${port}`,
    close: () => asAdmin(`drop database if exists ${name} with (force)`),
  }
}

async function asAdmin(statement: string): Promise<void> {
  const { host, port, user } = inject('postgres')
  const client = new pg.Client({ host, port, user, database: 'postgres' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
