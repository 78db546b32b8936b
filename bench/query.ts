/*
 * How fast usage is looked at, over HTTP with a console session, with many millions of events stored.
 *   npm run bench -- query [--million 10,50] [--workspaces 2000] [--requests 3000]
 * Events are made inside the database, thirty days of them; totals are their fold, as receiving keeps them.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { inTransaction, systemContext } from '../server/context.ts'
import type { Ctx } from '../server/context.ts'
import { startSession } from '../server/identity/start-session.ts'
import { numberMeters, numberSources, numberWorkspace } from '../server/metering/queries.ts'
import { usageOfDay } from '../server/metering/usage-of-day.ts'
import { startEmbeddedPostgres } from '../server/platform/db/embedded.ts'
import { startPurser } from '../server/start.ts'
import { addDays, siteDayOf } from '../server/workspaces/site-day.ts'
import { testConfig } from '../test/catalogue.ts'
import { someWorkspaces } from '../test/usage-world.ts'

const { values } = parseArgs({
  options: {
    million: { type: 'string', default: '10,50' },
    workspaces: { type: 'string', default: '2000' },
    requests: { type: 'string', default: '3000' },
  },
})

const timeZone = 'Asia/Shanghai'

async function measure(): Promise<void> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'purser-bench-'))
  const postgres = await startEmbeddedPostgres({ dataDir })
  // Without background work: it would bill the days made up here.
  const purser = await startPurser({ config: testConfig(postgres.connection, 'smtp://127.0.0.1:1'), roles: ['api'] })
  const ctx = systemContext(purser.services, 'bench')
  try {
    const workspaceIds = await someWorkspaces(ctx, Number(values.workspaces))
    for (const id of workspaceIds) await numberWorkspace(ctx.db, id, 'cn1')
    await numberMeters(ctx.db)
    await numberSources(ctx.db, 'vendor', ['bench'])
    const cookie = await signIn(ctx)
    console.log(
      `${os.cpus().length} cores, Node ${process.versions.node}, ${workspaceIds.length} workspaces, 17 meters, 30 days`,
    )
    let stored = 0
    for (const million of values.million.split(',').map(Number)) {
      await grow(ctx, stored, million * 1_000_000)
      stored = million * 1_000_000
      console.log(`${million} million events`)
      await look(purser.url ?? '', cookie, workspaceIds)
      await bill(ctx, workspaceIds)
    }
  } finally {
    await purser.close()
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Signs the workspaces' owner in to the console. */
async function signIn(ctx: Ctx): Promise<string> {
  const { id } = await ctx.db.selectFrom('console_accounts').select('id').executeTakeFirstOrThrow()
  await sql`insert into workspace_members (workspace_id, console_account_id, role, joined_at)
    select id, ${id}, 'owner', now() from workspaces`.execute(ctx.db)
  const { token } = await inTransaction(ctx, (tx) => startSession(tx, { realm: 'console', accountId: id, site: 'cn1' }))
  return `purser_console_cn1=${token}`
}

/** Adds events until there are `to`, then folds all of them anew. Keys are made once all rows are there: that is the quicker way. */
async function grow(ctx: Ctx, from: number, to: number): Promise<void> {
  const keys = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'usage_events' and indexname <> 'usage_events_pkey'`.execute(ctx.db)
  for (const { name } of keys.rows) await sql`drop index ${sql.id(name)}`.execute(ctx.db)
  await sql`alter table usage_events drop constraint usage_events_pkey cascade`.execute(ctx.db)
  const step = 500_000
  const begins = Array.from({ length: Math.ceil((to - from) / step) }, (_none, index) => from + index * step)
  const fill = async () => {
    for (let begin = begins.shift(); begin !== undefined; begin = begins.shift())
      await addEvents(ctx, begin, Math.min(begin + step, to))
  }
  await Promise.all([fill(), fill()])
  await sql`alter table usage_events add primary key (key)`.execute(ctx.db)
  await sql`alter table usage_corrections add foreign key (target) references usage_events`.execute(ctx.db)
  for (const { definition } of keys.rows) await sql.raw(definition).execute(ctx.db)
  await foldAnew(ctx)
}

async function addEvents(ctx: Ctx, from: number, to: number): Promise<void> {
  const today = siteDayOf(ctx.now(), timeZone)
  await sql`
    insert into usage_events
      (key, occurred_at, received_at, workspace, day, source, meter, retention, quantity, event_id, item)
    select gen_random_uuid(), at, at, 1 + (hashint8(n) & 2147483647) % ${Number(values.workspaces)}, (at at time zone ${timeZone})::date,
      1, 1 + n % 17, 14, n % 1000, gen_random_uuid()::text, ''
    from generate_series(${from + 1}::bigint, ${to}::bigint) as n
    cross join lateral (select (${today}::date - (n / 17 % 30)::int + time '12:00') at time zone ${timeZone}
      + ((n * 31) % 43200 - 21600) * interval '1 second' as at) as instant`.execute(ctx.db)
}

/** Without looking up row by row whether workspaces and meters exist: they do. */
async function foldAnew(ctx: Ctx): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx.db)
    await sql`set local work_mem = '256MB'`.execute(tx.db)
    await sumEvents(tx)
  })
  await sql`vacuum analyze`.execute(ctx.db)
}

async function sumEvents(ctx: Ctx): Promise<void> {
  await sql`truncate usage_days, usage_hours`.execute(ctx.db)
  await sql`insert into usage_days select workspace, day, meter, retention, sum(quantity), null, count(*)
    from usage_events group by workspace, day, meter, retention`.execute(ctx.db)
  await sql`insert into usage_hours select workspace, day, meter, retention,
      date_bin('1 hour', occurred_at, timestamptz '2000-01-01 00:00:00+00'), sum(quantity), count(*)
    from usage_events group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`.execute(ctx.db)
}

async function look(url: string, cookie: string, workspaceIds: readonly string[]): Promise<void> {
  const today = siteDayOf(new Date(), timeZone)
  const weekAgo = addDays(today, -6)
  const paths: [string, string][] = [
    ['current usage, all meters', 'usage'],
    ['a meter by day, a month', `usage/series?meter=logs&step=day&from=${addDays(today, -29)}&to=${today}`],
    ['a meter by hour, a week', `usage/series?meter=logs&step=hour&from=${weekAgo}&to=${today}`],
    ['events behind a day', `usage/events?meter=logs&day=${weekAgo}`],
  ]
  for (const [name, place] of paths) {
    const times: number[] = []
    const one = async () => {
      const workspaceId = workspaceIds[Math.floor(Math.random() * workspaceIds.length)]
      const before = performance.now()
      await get(`${url}/v1/console/workspaces/${workspaceId}/${place}`, cookie)
      times.push(performance.now() - before)
    }
    for (let warm = 0; warm < 100; warm++) await one()
    times.length = 0
    const queue = Array.from({ length: Number(values.requests) })
    await Promise.all(
      [1, 2].map(async () => {
        while (queue.pop() !== undefined || queue.length > 0) await one()
      }),
    )
    const sorted = times.toSorted((left, right) => left - right)
    const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)
    console.log(`  ${name.padEnd(28)} p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  (${times.length} requests, 2 at once)`)
  }
}

const agent = new http.Agent({ keepAlive: true })

async function get(url: string, cookie: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    http
      .get(url, { agent, headers: { cookie } }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`))
        response.resume().on('end', resolve)
      })
      .on('error', reject)
  })
}

/** What a daily close asks for, once for all workspaces. */
async function bill(ctx: Ctx, workspaceIds: readonly string[]): Promise<void> {
  const day = addDays(siteDayOf(ctx.now(), timeZone), -1)
  const started = performance.now()
  const { usage } = await usageOfDay(ctx, { workspaceIds, site: 'cn1', day })
  console.log(
    `  usage of a day for bills     ${(performance.now() - started).toFixed(0)} ms for ${usage.length} totals`,
  )
}

await measure()
