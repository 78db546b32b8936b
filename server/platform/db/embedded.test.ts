import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedPostgres, EmbeddedPostgresError, startEmbeddedPostgres } from './embedded.ts'

let dataDir: string
const running: EmbeddedPostgres[] = []

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'purser-embedded-'))
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((postgres) => postgres.stop()))
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } })
  running.push(postgres)
  return postgres
}

async function ask(postgres: EmbeddedPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client(postgres.connection)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0])
  } finally {
    await client.end()
  }
}

describe('the embedded database', () => {
  it('listens on its private socket only', async () => {
    expect(await ask(await start(), 'show listen_addresses')).toEqual([''])
  })

  it('keeps its data over a stop and a start', async () => {
    const first = await start()
    await ask(first, `create table kept as select 'harbour' as name`)
    await first.stop()
    expect(await ask(await start(), 'select name from kept')).toEqual(['harbour'])
  })

  it('takes the place of one left running by a Purser that was killed', async () => {
    const orphan = await start()
    await ask(orphan, `create table kept as select 'harbour' as name`)
    const before = await ask(orphan, 'select pg_postmaster_start_time()::text')
    const next = await start()
    expect(await ask(next, 'select name from kept')).toEqual(['harbour'])
    expect(await ask(next, 'select pg_postmaster_start_time()::text')).not.toEqual(before)
  })

  it('says what is in the way and what to do when it cannot start', async () => {
    const file = path.join(dataDir, 'postgres')
    writeFileSync(file, 'not a folder')
    const refused = await start().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(EmbeddedPostgresError)
    expect(String(refused)).toContain(dataDir)
  })
})
