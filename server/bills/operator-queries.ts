import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { BillingAccountId } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { Database } from '../database.ts'
import { partPattern } from '../platform/db/part-pattern.ts'
import type { PagePosition } from '../platform/paging.ts'
import type { BillDaysTable, StoredParkReason } from './tables.ts'

/* What operators read of everybody's money. */

type Db = Kysely<Database>

export interface PayerRow {
  id: BillingAccountId
  username: string
  email: string
  companyName: string | null
  currency: Currency
  cash: string
  debt: string
  createdAt: Date
}

/** Billing Center accounts with cash and debt, newest first: one of an id, or those whose names contain a text. */
export async function selectPayers(
  db: Db,
  of: { id?: BillingAccountId; search?: string | undefined; after: PagePosition | null; limit: number },
): Promise<PayerRow[]> {
  const wanted = of.id === undefined ? sql`true` : sql`b.id = ${of.id}`
  const later = of.after ? sql`(b.created_at, b.id) < (${of.after.at}, ${of.after.id})` : sql`true`
  const found = of.search ? sql`b.id in (${payersFound(of.search, later, of.limit)})` : sql`true`
  const { rows } = await sql<PayerRow>`
    select b.id, b.username, b.email, c.name as "companyName", b.currency, b.created_at as "createdAt",
      coalesce(cash.balance, 0) as cash, -coalesce(debt.balance, 0) as debt
    from billing_accounts b
      left join companies c on c.billing_account_id = b.id
      left join ledger_accounts cash on cash.owner = b.id and cash.name = 'cash/' || b.id and cash.currency = b.currency
      left join ledger_accounts debt on debt.owner = b.id and debt.name = 'debt/' || b.id and debt.currency = b.currency
    where ${wanted} and ${found} and ${later}
    order by b.created_at desc, b.id desc limit ${of.limit}`.execute(db)
  return rows
}

/** Each table is asked apart, for the latest only: few are found by its index of parts of words, many in the order of the list. */
function payersFound(search: string, later: RawBuilder<unknown>, limit: number): RawBuilder<unknown> {
  const pattern = partPattern(search)
  const latest = sql`${later} order by b.created_at desc, b.id desc limit ${limit}`
  return sql`
    (select b.id from billing_accounts b where (b.username ilike ${pattern} or b.email ilike ${pattern}) and ${latest})
    union all
    (select b.id from companies c join billing_accounts b on b.id = c.billing_account_id
      where c.name ilike ${pattern} and ${latest})`
}

export interface BillDayRow {
  site: string
  day: string
  state: BillDaysTable['state']
  startedAt: Date
  closedAt: Date | null
  issued: number
  nothing: number
  parked: number
  open: number
}

/** Days being closed or closed with how their payers stand, latest first. */
export async function selectBillDays(
  db: Db,
  of: { site?: string | undefined; after: PagePosition | null; limit: number },
): Promise<BillDayRow[]> {
  const onSite = of.site === undefined ? sql`true` : sql`d.site = ${of.site}`
  const later = of.after
    ? sql`(d.day, d.site) < (${of.after.at.toISOString().slice(0, 10)}, ${of.after.id})`
    : sql`true`
  const { rows } = await sql<BillDayRow>`
    select d.site, d.day, d.state, d.started_at as "startedAt", d.closed_at as "closedAt",
      p.issued, p.nothing, p.parked, p.open
    from bill_days d cross join lateral (
      select count(*) filter (where state = 'issued')::int as issued, count(*) filter (where state = 'nothing')::int as nothing,
        count(*) filter (where state = 'parked')::int as parked, count(*) filter (where state = 'open')::int as open
      from payer_days where payer_days.site = d.site and payer_days.day = d.day) p
    where ${onSite} and ${later}
    order by d.day desc, d.site desc limit ${of.limit}`.execute(db)
  return rows
}

export interface ParkedRow {
  site: string
  day: string
  billingAccountId: BillingAccountId
  username: string
  reasons: StoredParkReason[]
  changedAt: Date
  /** Names the row. */
  key: string
}

/** Parked bills, latest first. */
export async function selectParked(db: Db, of: { after: PagePosition | null; limit: number }): Promise<ParkedRow[]> {
  const key = sql`p.billing_account_id || '/' || p.site || '/' || p.day`
  const later = of.after ? sql`(p.changed_at, ${key}) < (${of.after.at}, ${of.after.id})` : sql`true`
  const { rows } = await sql<ParkedRow>`
    select p.site, p.day, p.billing_account_id as "billingAccountId", b.username, p.reasons,
      p.changed_at as "changedAt", ${key} as key
    from payer_days p join billing_accounts b on b.id = p.billing_account_id
    where p.state = 'parked' and ${later}
    order by p.changed_at desc, ${key} desc limit ${of.limit}`.execute(db)
  return rows
}
