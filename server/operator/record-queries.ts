import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { RecordKind } from '../../contract/operator.ts'
import type { Database } from '../database.ts'
import type { Fact } from './facts.ts'
import { code, instant, ref, text } from './facts.ts'

type Db = Kysely<Database>

/** What is known of a record, and the ids of what it belongs to and what belongs to it. */
export interface Known {
  facts: (Fact | null)[]
  related: { kind: RecordKind; ids: (string | null)[] }[]
}

const most = 50

export const known: Record<RecordKind, (db: Db, id: string) => Promise<Known | null>> = {
  billingAccount: knownBillingAccount,
  consoleAccount: knownConsoleAccount,
  workspace: knownWorkspace,
  cloudAccount: knownCloudAccount,
  instance: knownInstance,
  activation: knownActivation,
  usageRecord: knownUsageRecord,
  dailyBill: knownDailyBill,
}

async function knownBillingAccount(db: Db, id: string): Promise<Known | null> {
  const row = await db
    .selectFrom('billing_accounts as b')
    .leftJoin('companies as c', 'c.billing_account_id', 'b.id')
    .select(['b.username', 'b.email', 'c.name', 'b.currency', 'b.language', 'b.created_at'])
    .where(sql.ref<string>('b.id'), '=', id)
    .executeTakeFirst()
  if (!row) return null
  const workspaces = await db
    .selectFrom('bindings')
    .select('workspace_id')
    .where(sql.ref<string>('billing_account_id'), '=', id)
    .limit(most)
    .execute()
  const clouds = await db
    .selectFrom('cloud_accounts')
    .select('id')
    .where(sql.ref<string>('billing_account_id'), '=', id)
    .limit(most)
    .execute()
  const bills = await db
    .selectFrom('daily_bills')
    .select('id')
    .where(sql.ref<string>('billing_account_id'), '=', id)
    .orderBy('day', 'desc')
    .orderBy('id', 'desc')
    .limit(10)
    .execute()
  return {
    facts: [
      text('username', row.username),
      text('email', row.email),
      text('company', row.name),
      text('currency', row.currency),
      code('language', row.language),
      instant('created', row.created_at),
    ],
    related: [
      { kind: 'workspace', ids: workspaces.map((each) => each.workspace_id) },
      { kind: 'cloudAccount', ids: clouds.map((each) => each.id) },
      { kind: 'dailyBill', ids: bills.map((each) => each.id) },
    ],
  }
}

async function knownConsoleAccount(db: Db, id: string): Promise<Known | null> {
  const row = await db
    .selectFrom('console_accounts')
    .selectAll()
    .where(sql.ref<string>('id'), '=', id)
    .executeTakeFirst()
  if (!row) return null
  const workspaces = await db
    .selectFrom('workspace_members')
    .select('workspace_id')
    .where(sql.ref<string>('console_account_id'), '=', id)
    .limit(most)
    .execute()
  return {
    facts: [
      text('username', row.username),
      text('email', row.email),
      code('site', row.site),
      code('language', row.language),
      instant('created', row.created_at),
    ],
    related: [{ kind: 'workspace', ids: workspaces.map((each) => each.workspace_id) }],
  }
}

async function knownWorkspace(db: Db, id: string): Promise<Known | null> {
  const row = await db
    .selectFrom('workspaces as w')
    .leftJoin('bindings as b', 'b.workspace_id', 'w.id')
    .select(['w.site', 'w.language', 'w.plan', 'w.standing', 'w.countdown_ends_at', 'w.created_at'])
    .select(['w.dissolves_at', 'w.dissolved_at'])
    .select(['b.billing_account_id', 'b.instance_id', 'b.bound_at'])
    .where(sql.ref<string>('w.id'), '=', id)
    .executeTakeFirst()
  if (!row) return null
  const members = await db
    .selectFrom('workspace_members')
    .select('console_account_id')
    .where(sql.ref<string>('workspace_id'), '=', id)
    .limit(most)
    .execute()
  const paidBy = row.bound_at ? (row.instance_id ? 'marketplace' : 'balance') : null
  return {
    facts: [
      code('site', row.site),
      code('standing', row.standing),
      instant('countdownEnds', row.countdown_ends_at),
      instant('dissolves', row.dissolves_at),
      instant('dissolved', row.dissolved_at),
      code('plan', row.plan),
      code('paidBy', paidBy),
      code('language', row.language),
      instant('bound', row.bound_at),
      instant('created', row.created_at),
    ],
    related: [
      { kind: 'billingAccount', ids: [row.billing_account_id] },
      { kind: 'instance', ids: [row.instance_id] },
      { kind: 'consoleAccount', ids: members.map((each) => each.console_account_id) },
    ],
  }
}

async function knownCloudAccount(db: Db, id: string): Promise<Known | null> {
  const row = await db.selectFrom('cloud_accounts').selectAll().where(sql.ref<string>('id'), '=', id).executeTakeFirst()
  if (!row) return null
  const instances = await db
    .selectFrom('marketplace_instances')
    .select('id')
    .where(sql.ref<string>('cloud_account_id'), '=', id)
    .orderBy('purchased_at', 'desc')
    .limit(most)
    .execute()
  return {
    facts: [
      code('marketplace', row.marketplace),
      ref('accountRef', row.account_ref),
      instant('bound', row.bound_at),
      instant('created', row.created_at),
    ],
    related: [
      { kind: 'billingAccount', ids: [row.billing_account_id] },
      { kind: 'instance', ids: instances.map((each) => each.id) },
    ],
  }
}

async function knownInstance(db: Db, id: string): Promise<Known | null> {
  const row = await db
    .selectFrom('marketplace_instances')
    .selectAll()
    .where(sql.ref<string>('id'), '=', id)
    .executeTakeFirst()
  if (!row) return null
  const workspaces = await db
    .selectFrom('bindings')
    .select('workspace_id')
    .where(sql.ref<string>('instance_id'), '=', id)
    .limit(most)
    .execute()
  const activations = await db
    .selectFrom('activations')
    .select('id')
    .where(sql.ref<string>('instance_id'), '=', id)
    .limit(most)
    .execute()
  const reports = await db
    .selectFrom('usage_records')
    .select('id')
    .where(sql.ref<string>('instance_id'), '=', id)
    .orderBy('period_from', 'desc')
    .limit(10)
    .execute()
  return {
    facts: [
      code('status', row.status),
      code('marketplace', row.marketplace),
      ref('instanceRef', row.instance_ref),
      ref('orderRef', row.order_ref),
      ref('product', row.product_code),
      ref('sku', row.sku),
      instant('confirmed', row.confirmed_at),
      instant('created', row.purchased_at),
    ],
    related: [
      { kind: 'cloudAccount', ids: [row.cloud_account_id] },
      { kind: 'workspace', ids: workspaces.map((each) => each.workspace_id) },
      { kind: 'activation', ids: activations.map((each) => each.id) },
      { kind: 'usageRecord', ids: reports.map((each) => each.id) },
    ],
  }
}

async function knownActivation(db: Db, id: string): Promise<Known | null> {
  const row = await db.selectFrom('activations').selectAll().where(sql.ref<string>('id'), '=', id).executeTakeFirst()
  if (!row) return null
  return {
    facts: [
      code('state', row.state),
      code('source', row.source),
      code('path', row.path),
      code('site', row.site),
      text('username', row.draft?.username ?? null),
      text('email', row.draft?.email ?? null),
      instant('created', row.created_at),
      instant('finished', row.done_at),
    ],
    related: [
      { kind: 'instance', ids: [row.instance_id] },
      { kind: 'billingAccount', ids: [row.billing_account_id] },
      { kind: 'consoleAccount', ids: [row.console_account_id] },
      { kind: 'workspace', ids: [row.workspace_id] },
    ],
  }
}

async function knownUsageRecord(db: Db, id: string): Promise<Known | null> {
  const row = await db.selectFrom('usage_records').selectAll().where(sql.ref<string>('id'), '=', id).executeTakeFirst()
  if (!row) return null
  return {
    facts: [
      code('state', row.state),
      code('marketplace', row.marketplace),
      ref('product', row.product_code),
      instant('created', row.period_from),
      instant('finished', row.period_until),
    ],
    related: [{ kind: 'instance', ids: [row.instance_id] }],
  }
}

async function knownDailyBill(db: Db, id: string): Promise<Known | null> {
  const row = await db
    .selectFrom('daily_bills')
    .select(['billing_account_id', 'site', 'day', 'currency', 'total', 'issued_at'])
    .where(sql.ref<string>('id'), '=', id)
    .executeTakeFirst()
  if (!row) return null
  return {
    facts: [
      code('site', row.site),
      text('day', String(row.day)),
      text('total', `${row.total} ${row.currency}`),
      instant('created', row.issued_at),
    ],
    related: [{ kind: 'billingAccount', ids: [row.billing_account_id] }],
  }
}
