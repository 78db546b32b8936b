/*
 * How fast usage is received, acknowledged and durable: with keys, validation, dedupe and totals on.
 *   npm run bench -- ingest [--seconds 8] [--workspaces 1000] [--rounds 3]
 * The server runs in a process of its own on the embedded database; this one sends. The raw COPY rate of the same machine
 * and database is measured before and after.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { inTransaction, systemContext } from '../server/context.ts'
import { createApiKey } from '../server/metering/create-api-key.ts'
import { checkTotals } from '../server/metering/check-totals.ts'
import { foldTotals } from '../server/metering/fold-totals.ts'
import { startEmbeddedPostgres } from '../server/platform/db/embedded.ts'
import { startPurser } from '../server/start.ts'
import { testConfig } from '../test/catalogue.ts'
import { someWorkspaces } from '../test/usage-world.ts'
import { sendLoad } from './usage-load.ts'
import type { Load, Measured } from './usage-load.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    workspaces: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
  },
})

/** The child: a whole Purser on the database it is told. */
async function serveForParent(): Promise<void> {
  const [told] = (await once(process, 'message')) as [{ connection: never }]
  const purser = await startPurser({ config: testConfig(told.connection, 'smtp://127.0.0.1:1') })
  const ctx = systemContext(purser.services, 'bench')
  const workspaceIds = await someWorkspaces(ctx, Number(values.workspaces))
  const { token } = await inTransaction(ctx, (tx) =>
    createApiKey(tx, { workspaceId: null, name: 'bench', requestKey: crypto.randomUUID() }),
  )
  process.send?.({ url: purser.url, token, workspaceIds })
  process.on('message', async () => {
    await foldTotals(ctx)
    process.send?.({ differences: await checkTotals(ctx) })
  })
  await once(process, 'disconnect')
  await purser.close()
}

interface Told {
  url: string
  token: string
  workspaceIds: string[]
}

async function measure(): Promise<void> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'purser-bench-'))
  const postgres = await startEmbeddedPostgres({ dataDir })
  const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), { stdio: 'inherit' })
  const client = new pg.Client(postgres.connection)
  try {
    child.send({ connection: postgres.connection })
    const [told] = (await once(child, 'message')) as [Told]
    await client.connect()
    console.log(
      `${os.cpus().length} cores, Node ${process.versions.node}, ${told.workspaceIds.length} workspaces, 5 meters`,
    )
    await measureAll(told, client)
    child.send('check')
    const [{ differences }] = (await once(child, 'message')) as [{ differences: unknown[] }]
    console.log(`totals that are not the fold of the events: ${differences.length}`)
    if (differences.length > 0) process.exitCode = 1
  } finally {
    await client.end()
    child.disconnect()
    await once(child, 'exit')
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measureAll(told: Told, client: pg.Client): Promise<void> {
  const load: Omit<Load, 'eventsPerCall' | 'connections'> = {
    port: Number(new URL(told.url).port),
    token: told.token,
    workspaceIds: told.workspaceIds,
    seconds: Number(values.seconds),
  }
  await sendLoad({ ...load, eventsPerCall: 100, connections: 32, seconds: 3 })
  const copies: number[] = []
  const batches: number[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    copies.push(await copyRate(client))
    const batch = await sendLoad({ ...load, eventsPerCall: 100, connections: 32 })
    batches.push(batch.eventsPerSecond)
    say('100 events a call, 32 at once', batch)
    say('one event a call, 64 at once', await sendLoad({ ...load, eventsPerCall: 1, connections: 64 }))
    say('100 a call, 30 % repeated', await sendLoad({ ...load, eventsPerCall: 100, connections: 32, duplicates: 0.3 }))
  }
  const copy = median(copies)
  console.log(
    `raw COPY, same table and keys  ${copy.toFixed(0)}/s   usage at 100 a call is ${((100 * median(batches)) / copy).toFixed(0)} % of it`,
  )
  await client.query('vacuum usage_events')
  const { rows } = await client.query<{ count: string; heap: string; indexes: string }>(
    `select count(*) as count, pg_table_size('usage_events') as heap, pg_indexes_size('usage_events') as indexes from usage_events`,
  )
  const [size] = rows
  const per = (bytes: string | undefined) => (Number(bytes) / Number(size?.count)).toFixed(0)
  console.log(`stored: ${size?.count} events, ${per(size?.heap)} + ${per(size?.indexes)} bytes each (row + keys)`)
}

function say(name: string, measured: Measured): void {
  const { eventsPerSecond, p50, p99 } = measured
  console.log(
    `${name.padEnd(30)} ${eventsPerSecond.toFixed(0)} events/s   p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms`,
  )
}

function median(list: readonly number[]): number {
  return list.toSorted((left, right) => left - right)[Math.floor(list.length / 2)] ?? 0
}

/** Rows per second of one COPY of 300,000 events into an empty table like ours, keys included. */
async function copyRate(client: pg.Client): Promise<number> {
  const rows = 300_000
  await client.query('drop table if exists copied; create table copied (like usage_events including indexes)')
  const lines = Array.from({ length: 60 }, (_nothing, part) =>
    Array.from({ length: rows / 60 }, (_none, index) => copyLine(part * (rows / 60) + index)).join(''),
  )
  const started = performance.now()
  await pipeline(Readable.from(lines), client.query(copyFrom('copy copied from stdin')))
  const rate = rows / ((performance.now() - started) / 1000)
  await client.query('drop table copied')
  return rate
}

function copyLine(number: number): string {
  const time = new Date().toISOString()
  const columns = [
    crypto.randomUUID(),
    time,
    time,
    number % 1000,
    time.slice(0, 10),
    1,
    number % 5,
    14,
    number % 1000,
    crypto.randomUUID(),
    '',
  ]
  return `${columns.join('\t')}\n`
}

if (process.send) await serveForParent()
else await measure()
