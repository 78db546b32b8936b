/*
 * How fast an operator finds a record among many, and which tables are read whole for it.
 *   npm run bench -- search [--records 100000] [--rounds 15]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { listPayers } from '../server/bills/list-payers.ts'
import { systemContext } from '../server/context.ts'
import type { Ctx } from '../server/context.ts'
import { searchRecords } from '../server/operator/search-records.ts'
import { startEmbeddedPostgres } from '../server/platform/db/embedded.ts'
import { startPurser } from '../server/start.ts'
import { testConfig } from '../test/catalogue.ts'

const { values } = parseArgs({
  options: { records: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '15' } },
})

/** What operators type: whole words, their beginnings and middles, what half of all have, what nobody has, two signs. */
const texts = [
  'buyer77777@acme77777.cn',
  'buyer7777',
  'me7777',
  'i-77777',
  'harbour-7777',
  '海港科技77777',
  '科技7777',
  'buyer',
  'nobody-has-this',
  '海港',
  'u7',
]

async function measure(): Promise<void> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'purser-bench-'))
  const postgres = await startEmbeddedPostgres({ dataDir })
  const purser = await startPurser({ config: testConfig(postgres.connection, 'smtp://127.0.0.1:1'), roles: ['api'] })
  const ctx = systemContext(purser.services, 'bench')
  try {
    await fill(ctx, Number(values.records))
    console.log(`${os.cpus().length} cores, Node ${process.versions.node}, ${values.records} of each kind of record`)
    for (const text of texts) {
      const [searched, listed] = [
        await timed(ctx, async () => (await searchRecords(ctx, text)).items.length),
        await timed(ctx, async () => (await listPayers(ctx, { search: text, limit: 50 })).items.length),
      ]
      console.log(`${text.padEnd(24)} search ${searched}  ·  payers ${listed}`)
    }
  } finally {
    await purser.close()
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Accounts, companies, workspaces, cloud accounts, instances and activations that belong together by their number. */
async function fill(ctx: Ctx, records: number): Promise<void> {
  const each = (what: ReturnType<typeof sql>) => what.execute(ctx.db)
  const id = (prefix: string) => sql`${sql.lit(prefix)} || '_' || lpad(to_hex(n), 32, '0')`
  const many = sql`generate_series(1, ${sql.lit(records)}) n`
  const born = sql`timestamptz '2026-01-01' + n * interval '1 second'`
  await each(sql`insert into billing_accounts (id, username, email, password_hash, language, currency, created_at)
    select ${id('bact')}, 'buyer' || n, 'buyer' || n || '@acme' || n || '.cn', '', 'zh', 'CNY', ${born} from ${many}`)
  await each(sql`insert into companies (billing_account_id, name, updated_at)
    select ${id('bact')}, '杭州海港科技' || n, ${born} from ${many}`)
  await each(sql`insert into console_accounts (id, site, username, email, password_hash, language, created_at)
    select ${id('cact')}, 'cn1', 'buyer' || n, 'buyer' || n || '@acme' || n || '.cn', '', 'zh', ${born} from ${many}`)
  await each(sql`insert into workspaces (id, site, name, language, created_by, created_at)
    select ${id('wksp')}, 'cn1', 'harbour-' || n, 'zh', ${id('cact')}, ${born} from ${many}`)
  await each(sql`insert into cloud_accounts (id, marketplace, account_ref, created_at)
    select ${id('cloa')}, 'alibaba', (1900000000000000 + n)::text, ${born} from ${many}`)
  await each(sql`insert into marketplace_instances
    (id, marketplace, instance_ref, order_ref, cloud_account_id, product_code, sku, purchased_at, status_changed_at)
    select ${id('inst')}, 'alibaba', 'i-' || n, 'o-' || n, ${id('cloa')}, 'p', 's', ${born}, ${born} from ${many}`)
  await each(sql`insert into activations
    (id, source, instance_id, site, language, draft, billing_account_id, state, created_at, done_at)
    select ${id('actv')}, 'hand-off', ${id('inst')}, 'cn1', 'zh',
      jsonb_build_object('username', 'buyer' || n, 'email', 'buyer' || n || '@acme' || n || '.cn'), ${id('bact')},
      'done', ${born}, ${born} from ${many}`)
  await each(sql`vacuum analyze`)
}

/** Median and worst, how many were found, and the tables that were read from beginning to end. */
async function timed(ctx: Ctx, work: () => Promise<number>): Promise<string> {
  const before = await wholeReads(ctx)
  const took: number[] = []
  let found = 0
  for (let round = 0; round < Number(values.rounds); round++) {
    const from = performance.now()
    found = await work()
    took.push(performance.now() - from)
  }
  took.sort((a, b) => a - b)
  const after = await wholeReads(ctx)
  const whole = [...after].filter(([table, scans]) => scans > (before.get(table) ?? 0)).map(([table]) => table)
  const median = took[Math.floor(took.length / 2)] ?? 0
  const words = `p50 ${median.toFixed(1)} ms, most ${took.at(-1)?.toFixed(1)} ms, ${found} found`
  return whole.length > 0 ? `${words}, read whole: ${whole.join(' ')}` : words
}

async function wholeReads(ctx: Ctx): Promise<Map<string, number>> {
  // Connections tell the statistics what they did once a second at most, when they are idle.
  await new Promise((resolve) => setTimeout(resolve, 1200))
  await sql`select pg_stat_force_next_flush()`.execute(ctx.db)
  const { rows } = await sql<{ table: string; scans: string }>`
    select relname as table, seq_scan as scans from pg_stat_user_tables where n_live_tup > 1000`.execute(ctx.db)
  return new Map(rows.map((row) => [row.table, Number(row.scans)]))
}

await measure()
