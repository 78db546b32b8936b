/*
 * How long a site's day takes to close, on the embedded database with every write durable, and whether closing and computing it again
 * gives the same bytes.
 *   npm run bench -- close [--workspaces 10000] [--payers 10000]
 * Each workspace has 20 totals (meter and retention). A third of the payers is settled by a cloud instance, a third has cash, every
 * tenth a voucher; the rest comes to owe. Usage begins as totals of the day: taking events in is measured by `ingest`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { checkLedger } from '../server/bills/check-ledger.ts'
import { closeSiteDay } from '../server/bills/close-site-day.ts'
import { computeDayAgain } from '../server/bills/compute-day-again.ts'
import { systemContext } from '../server/context.ts'
import type { Ctx, Services } from '../server/context.ts'
import type { Database } from '../server/database.ts'
import type { MeterCode } from '../server/metering/meters.ts'
import { numberMeters } from '../server/metering/queries.ts'
import { startEmbeddedPostgres } from '../server/platform/db/embedded.ts'
import { migrateToLatest } from '../server/platform/db/migrate-to-latest.ts'
import { openDatabase } from '../server/platform/db/open-database.ts'
import { realClock } from '../server/platform/clock.ts'
import { createLog } from '../server/platform/log.ts'
import { seedPriceBooks } from '../server/rating/seed-price-books.ts'
import { subscriptions } from '../server/worker.ts'
import { addDays, siteDayOf } from '../server/workspaces/site-day.ts'
import { dailyProductCode, testConfig } from '../test/catalogue.ts'

const { values } = parseArgs({
  options: { workspaces: { type: 'string', default: '10000' }, payers: { type: 'string', default: '10000' } },
})
const workspaces = Number(values.workspaces)
const payers = Math.min(Number(values.payers), workspaces)
const site = 'cn1'

/** 20 totals: meter, retention (0: one price) and how much a workspace uses, times 1 to 9. */
const totals: readonly [MeterCode, number, number][] = [
  ['time_series', 3, 2_000],
  ['time_series', 7, 1_500],
  ['time_series', 14, 900],
  ['logs', 3, 2_500_000],
  ['logs', 7, 1_700_000],
  ['logs', 14, 800_003],
  ['logs', 30, 120_001],
  ['traces', 3, 2_000_000],
  ['traces', 7, 700_000],
  ['traces', 14, 33_333],
  ['page_views', 3, 20_000],
  ['page_views', 7, 7_777],
  ['page_views', 14, 1_234],
  ['profiles', 3, 5_000],
  ['network_hosts', 0, 12],
  ['session_replays', 0, 345],
  ['synthetic_tests', 0, 10_000],
  ['triggers', 0, 20_000],
  ['sms', 0, 7],
  ['sensitive_scan', 0, 4_100_000_000],
]

/** Fills the database with payers, workspaces, money and the day's totals; set by set, as nothing of it is measured. */
async function fill(ctx: Ctx, day: string): Promise<void> {
  const { db } = ctx
  await seedPriceBooks(ctx)
  await sql`insert into console_accounts (id, site, username, email, password_hash, language, created_at)
    values ('acnt_bench', ${site}, 'bench', 'bench@bench.example', '-', 'en', now())`.execute(db)
  await sql`insert into billing_accounts (id, username, email, password_hash, language, currency, created_at)
    select 'bact_' || lpad(n::text, 32, '0'), 'payer' || n, 'payer' || n || '@bench.example', '-', 'en', 'CNY', now()
    from generate_series(0, ${payers - 1}) n`.execute(db)
  await sql`insert into cloud_accounts (id, marketplace, account_ref, billing_account_id, bound_at, created_at)
    select 'clac_' || n, 'alibaba', n::text, 'bact_' || lpad(n::text, 32, '0'), now(), now()
    from generate_series(0, ${payers - 1}, 3) n`.execute(db)
  await sql`insert into marketplace_instances
      (id, marketplace, instance_ref, order_ref, cloud_account_id, product_code, sku, purchased_at, status_changed_at)
    select 'inst_' || n, 'alibaba', n::text, n::text, 'clac_' || n, ${dailyProductCode}, 'postpay', now(), now()
    from generate_series(0, ${payers - 1}, 3) n`.execute(db)
  await sql`insert into workspaces (id, site, name, language, plan, created_by, created_at)
    select 'wksp_' || lpad(n::text, 32, '0'), ${site}, 'ws-' || n, 'en', 'commercial', 'acnt_bench', now() - interval '9 days'
    from generate_series(0, ${workspaces - 1}) n`.execute(db)
  const instance = sql`case when (n % ${payers}) % 3 = 0 then 'inst_' || (n % ${payers}) end`
  await sql`insert into bindings (workspace_id, billing_account_id, instance_id, bound_at, settlement_since)
    select 'wksp_' || lpad(n::text, 32, '0'), 'bact_' || lpad((n % ${payers})::text, 32, '0'), ${instance},
      now() - interval '9 days', now() - interval '9 days'
    from generate_series(0, ${workspaces - 1}) n`.execute(db)
  await sql`insert into settlement_changes (workspace_id, to_instance_id, first_binding, changed_at)
    select workspace_id, instance_id, true, bound_at from bindings order by workspace_id`.execute(db)
  await money(db)
  await usage(db, day)
  // Only what was filled: a table analysed while empty is planned for as if it stayed empty, which no running system's is.
  await sql`analyze billing_accounts, cloud_accounts, marketplace_instances, workspaces, bindings, settlement_changes,
    vouchers, ledger_accounts, ledger_transactions, ledger_postings, usage_workspaces, usage_days`.execute(db)
}

/** Cash for every third payer, a voucher for every tenth. */
async function money(db: Kysely<Database>): Promise<void> {
  const owner = sql`'bact_' || lpad(n::text, 32, '0')`
  await sql`insert into vouchers (id, billing_account_id, kind, currency, amount, note, request_key, granted_at, expires_at)
    select 'vchr_' || n, ${owner}, 'ordinary_voucher', 'CNY', 5, '', 'bench' || n, now(), now() + interval '90 days'
    from generate_series(0, ${payers - 1}, 10) n`.execute(db)
  for (const [kind, step, first, amount, about, counterpart] of [
    ['cash', 3, 1, '1000.00', null, 'received'],
    ['ordinary_voucher', 10, 0, '5.00', 'vchr_', 'promotion'],
  ] as const) {
    const name = about ? sql`${kind} || '/' || ${owner} || '/vchr_' || n` : sql`${kind} || '/' || ${owner}`
    const id = sql`'ltxn_' || ${kind} || n`
    const series = sql`generate_series(${first}::int, ${payers - 1}::int, ${step}::int) n`
    await sql`insert into ledger_accounts (owner, name, currency, kind, about, balance)
      select ${owner}, ${name}, 'CNY', ${kind}, ${about ? sql`'vchr_' || n` : sql`null`}, ${amount}::numeric from ${series}
      union all
      select ${owner}, ${counterpart}, 'CNY', ${counterpart}, null, -${amount}::numeric from ${series}`.execute(db)
    await sql`with t as (
        insert into ledger_transactions (id, reference, kind, owner, currency, posted_at)
        select ${id}, 'bench/' || ${kind} || n, 'top_up', ${owner}, 'CNY', now() from ${series} returning id)
      insert into ledger_postings (transaction_id, owner, account, currency, amount)
      select ${id}, ${owner}, ${name}, 'CNY', ${amount}::numeric from ${series}
      union all select ${id}, ${owner}, ${counterpart}, 'CNY', -${amount}::numeric from ${series}`.execute(db)
  }
}

async function usage(db: Kysely<Database>, day: string): Promise<void> {
  const numbers = await numberMeters(db)
  await sql`insert into usage_workspaces (workspace_id, site) select id, site from workspaces order by id`.execute(db)
  for (const [meter, retention, quantity] of totals) {
    await sql`insert into usage_days (workspace, day, meter, retention, quantity, events)
      select number, ${day}::date, ${numbers.get(meter) ?? 0}, ${retention}, ${quantity}::numeric * (1 + number % 9), 24
      from usage_workspaces`.execute(db)
  }
}

async function timed<Result>(
  work: () => Promise<Result>,
): Promise<{ seconds: number; cpuSeconds: number; result: Result }> {
  const started = performance.now()
  const before = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1_000_000, result }
}

/** One text for all that closing wrote: it is the same exactly when the bytes are. */
async function fingerprint(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ text: string }>`select md5(string_agg(one, '' order by one)) as text from (
      select b.hash || b.total || coalesce(b.late::text, '') || b.paid_by::text || b.id as one from daily_bills b
      union all select l.bill_id || l.position || l.line::text || l.parts::text from bill_lines l
      union all select p.transaction_id || p.account || p.amount from ledger_postings p) as everything`.execute(db)
  return rows[0]?.text ?? ''
}

async function sums(db: Kysely<Database>) {
  const { rows } = await sql<{ bills: number; total: string; lines: number; amounts: string; wrong: number }>`
    select count(*)::int as bills, sum(total) as total, sum(lines)::int as lines, sum(amounts) as amounts,
      count(*) filter (where total <> amounts)::int as wrong
    from (select b.total, count(*) as lines, sum(l.amount) as amounts
      from daily_bills b join bill_lines l on l.bill_id = b.id group by b.id) as each`.execute(db)
  return rows[0]
}

async function measure(services: Services): Promise<void> {
  const ctx = systemContext(services, 'bench')
  const day = addDays(siteDayOf(ctx.now(), 'Asia/Shanghai'), -1)
  const load = os.loadavg()[0]?.toFixed(1)
  console.log(`${os.cpus().length} cores, Node ${process.versions.node}; load average before: ${load}`)
  const filling = await timed(() => fill(ctx, day))
  console.log(
    `filled: ${workspaces} workspaces × ${totals.length} totals, ${payers} payers   (${filling.seconds.toFixed(1)} s)`,
  )

  const close = await timed(() => closeSiteDay(ctx, { site, day }))
  const { issued, parked } = close.result
  const per = (count: number) => (count / close.seconds).toFixed(0)
  console.log(
    `close              ${close.seconds.toFixed(1)} s   ${issued} bills, ${per(issued)}/s, ${per(workspaces)} workspaces/s, ${parked} parked; ${close.cpuSeconds.toFixed(1)} s of one core in Node`,
  )

  const before = await fingerprint(ctx.db)
  const again = await timed(() => closeSiteDay(ctx, { site, day }))
  const compared = await timed(() => computeDayAgain(ctx, { site, day }))
  const same = (await fingerprint(ctx.db)) === before
  console.log(
    `close again        ${again.seconds.toFixed(3)} s   ${again.result.issued} bills, stored bytes ${same ? 'identical' : 'DIFFERENT'}`,
  )
  console.log(
    `compute again      ${compared.seconds.toFixed(1)} s   ${compared.result.bills - compared.result.different.length} of ${compared.result.bills} bills identical by hash`,
  )

  const found = await sums(ctx.db)
  const ledger = await timed(() => checkLedger(ctx))
  console.log(
    `lines = bills      ${found?.lines} lines, CNY ${found?.amounts}; bills CNY ${found?.total}; ${found?.wrong} differ`,
  )
  console.log(
    `ledger checked     ${ledger.seconds.toFixed(1)} s   ${ledger.result.transactions} transactions, ${ledger.result.right ? 'right' : ledger.result.faults.join('; ')}`,
  )
  const good = same && compared.result.different.length === 0 && ledger.result.right && found?.wrong === 0
  if (!good || issued !== payers || found?.lines !== workspaces * totals.length) {
    console.error('The close is not right.')
    process.exitCode = 1
  }
}

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'purser-bench-'))
const postgres = await startEmbeddedPostgres({ dataDir })
try {
  await migrateToLatest(postgres.connection)
  const { db } = openDatabase(postgres.connection)
  const config = testConfig(postgres.connection, 'smtp://127.0.0.1:1')
  await measure({ config, db, clock: realClock(), log: createLog('silent'), subscriptions })
  await db.destroy()
} finally {
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
