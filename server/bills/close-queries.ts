import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { BillingAccountId, Id, InstanceId, WorkspaceId } from '../../contract/ids.ts'
import type { LogMeter } from '../../contract/log-charging.ts'
import type { Currency } from '../../contract/money.ts'
import type { Database } from '../database.ts'
import type { BillDaysTable, PayerDaysTable, StoredParkReason } from './tables.ts'

type Db = Kysely<Database>

type PayerDayState = PayerDaysTable['state']

export type BillDayRow = Selectable<BillDaysTable>

/** The latest day of a site that was begun to be closed. */
export async function selectLatestDay(db: Db, site: string): Promise<BillDayRow | undefined> {
  return db
    .selectFrom('bill_days')
    .selectAll()
    .where('site', '=', site)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function selectDay(db: Db, site: string, day: string): Promise<BillDayRow | undefined> {
  return db.selectFrom('bill_days').selectAll().where('site', '=', site).where('day', '=', day).executeTakeFirst()
}

/** When the first workspace of a site got a payer. */
export async function selectFirstBinding(db: Db, site: string): Promise<Date | null> {
  const row = await db
    .selectFrom('bindings')
    .innerJoin('workspaces', 'workspaces.id', 'bindings.workspace_id')
    .select((eb) => eb.fn.min('bindings.bound_at').as('at'))
    .where('workspaces.site', '=', site)
    .executeTakeFirst()
  return row?.at ?? null
}

export async function insertDay(db: Db, row: { site: string; day: string; cut: string; at: Date }): Promise<void> {
  await db
    .insertInto('bill_days')
    .values({ site: row.site, day: row.day, state: 'gathering', usage_cut: row.cut, started_at: row.at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Moves a day on; the caller has done what the state promises. */
export async function updateDay(
  db: Db,
  of: { site: string; day: string; state: 'closing' | 'closed'; at: Date },
): Promise<void> {
  await db
    .updateTable('bill_days')
    .set({ state: of.state, closed_at: of.state === 'closed' ? of.at : null })
    .where('site', '=', of.site)
    .where('day', '=', of.day)
    .where('state', '!=', 'closed')
    .execute()
}

/** Lists the payers of some workspaces, bound before the day was over, for a day's bills. Listing again changes nothing. */
export async function insertPayersOf(
  db: Db,
  of: { site: string; day: string; workspaceIds: readonly WorkspaceId[]; boundBefore: Date; at: Date },
): Promise<void> {
  await sql`
    insert into payer_days (site, day, billing_account_id, state, changed_at)
    select distinct ${of.site}, ${of.day}, billing_account_id, 'open', ${of.at}::timestamptz
    from bindings where workspace_id = any(${[...of.workspaceIds]}::text[]) and bound_at < ${of.boundBefore}
    on conflict do nothing`.execute(db)
}

/** Lists the payers of workspaces with late usage for earlier days. */
export async function insertPayersOfLate(
  db: Db,
  of: { site: string; day: string; boundBefore: Date; at: Date },
): Promise<void> {
  await sql`
    insert into payer_days (site, day, billing_account_id, state, changed_at)
    select distinct ${of.site}, ${of.day}, b.billing_account_id, 'open', ${of.at}::timestamptz
    from usage_late_days l
      join usage_workspaces w on w.number = l.workspace
      join bindings b on b.workspace_id = w.workspace_id
    where w.site = ${of.site} and l.day < ${of.day}::date and b.bound_at < ${of.boundBefore}
    on conflict do nothing`.execute(db)
}

/** Payers of a day that have no answer yet, in order of their ids. */
export async function selectOpenPayers(db: Db, site: string, day: string, limit: number): Promise<BillingAccountId[]> {
  const rows = await db
    .selectFrom('payer_days')
    .select('billing_account_id')
    .where('site', '=', site)
    .where('day', '=', day)
    .where('state', '=', 'open')
    .orderBy('billing_account_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.billing_account_id)
}

/** Payers with a bill for a day, after one of them, with how the bill's text is known. */
export async function selectBilledPayers(db: Db, of: { site: string; day: string; after: string; limit: number }) {
  return db
    .selectFrom('daily_bills')
    .select(['id', 'billing_account_id', 'hash', 'late', 'left_out'])
    .where('site', '=', of.site)
    .where('day', '=', of.day)
    .where('billing_account_id', '>', of.after as BillingAccountId)
    .orderBy('billing_account_id')
    .limit(of.limit)
    .execute()
}

/**
 * Locks a payer's day and says how it stands (null: not listed); and whether an earlier day of the payer is parked, whose usage must
 * not be billed as late usage of today.
 */
export async function lockPayerDay(
  db: Db,
  of: { site: string; day: string; billingAccountId: BillingAccountId },
): Promise<{ state: PayerDayState | null; parkedBefore: boolean }> {
  const { rows } = await sql<{ state: PayerDayState; parkedBefore: boolean }>`
    select state, exists (
      select 1 from payer_days earlier
      where earlier.billing_account_id = ${of.billingAccountId} and earlier.site = ${of.site} and earlier.day < ${of.day}
        and earlier.state in ('open', 'parked')
    ) as "parkedBefore"
    from payer_days
    where site = ${of.site} and day = ${of.day} and billing_account_id = ${of.billingAccountId} for update`.execute(db)
  const [row] = rows
  return { state: row?.state ?? null, parkedBefore: row?.parkedBefore ?? false }
}

export async function answerPayerDay(
  db: Db,
  of: {
    site: string
    day: string
    billingAccountId: BillingAccountId
    answer:
      | { state: 'issued'; billId: Id<'dailyBill'> }
      | { state: 'nothing' }
      | { state: 'parked'; reasons: readonly StoredParkReason[] }
    at: Date
  },
): Promise<void> {
  const { answer } = of
  await db
    .updateTable('payer_days')
    .set({
      state: answer.state,
      bill_id: answer.state === 'issued' ? answer.billId : null,
      reasons: answer.state === 'parked' ? JSON.stringify(answer.reasons) : null,
      changed_at: of.at,
    })
    .where('site', '=', of.site)
    .where('day', '=', of.day)
    .where('billing_account_id', '=', of.billingAccountId)
    .execute()
}

export interface PayerWorkspace {
  workspaceId: WorkspaceId
  billingAccountId: BillingAccountId
  currency: Currency
  /** What paid it as the day ended; null: the balance. */
  instanceId: InstanceId | null
  logsBy: LogMeter
  boundAt: Date
}

/** Workspaces of payers on a site, with their terms as the day ended: changes made since do not count. */
export async function selectPayerWorkspaces(
  db: Db,
  of: { site: string; day: string; endsAt: Date; payers: readonly BillingAccountId[] },
): Promise<PayerWorkspace[]> {
  const { rows } = await sql<PayerWorkspace>`
    select b.workspace_id as "workspaceId", b.billing_account_id as "billingAccountId", a.currency,
      s.to_instance_id as "instanceId", coalesce(t.logs_by, 'logs') as "logsBy", b.bound_at as "boundAt"
    from bindings b
      join workspaces w on w.id = b.workspace_id
      join billing_accounts a on a.id = b.billing_account_id
      left join lateral (
        select to_instance_id from settlement_changes c
        where c.workspace_id = b.workspace_id and c.changed_at < ${of.endsAt}
        order by c.changed_at desc, c.id desc limit 1
      ) s on true
      left join lateral (
        select logs_by from billing_terms t
        where t.workspace_id = b.workspace_id and t.from_day <= ${of.day} order by t.from_day desc limit 1
      ) t on true
    where b.billing_account_id = any(${[...of.payers]}::text[]) and w.site = ${of.site} and b.bound_at < ${of.endsAt}
    order by b.billing_account_id, b.workspace_id`.execute(db)
  return rows
}

/** Lets nobody else choose how the workspace is charged until the caller's commit. */
export async function lockTerms(db: Db, workspaceId: WorkspaceId): Promise<void> {
  await db.selectFrom('workspaces').select('id').where('id', '=', workspaceId).forNoKeyUpdate().execute()
}

/** How logs of workspaces were charged on a day, and from which day on; those of which nothing was ever said are left out. */
export async function selectLogsBy(
  db: Db,
  workspaceIds: readonly string[],
  day: string,
): Promise<{ workspaceId: WorkspaceId; logsBy: LogMeter; fromDay: string }[]> {
  const { rows } = await sql<{ workspaceId: WorkspaceId; logsBy: LogMeter; fromDay: string }>`
    select distinct on (workspace_id) workspace_id as "workspaceId", logs_by as "logsBy", from_day as "fromDay"
    from billing_terms
    where workspace_id = any(${[...workspaceIds]}::text[]) and from_day <= ${day}
    order by workspace_id, from_day desc`.execute(db)
  return rows
}

/** All that was ever said about how logs of workspaces are charged, the latest first. */
export async function selectLogTerms(
  db: Db,
  workspaceIds: readonly string[],
): Promise<{ workspaceId: WorkspaceId; site: string; logsBy: LogMeter; fromDay: string }[]> {
  return db
    .selectFrom('billing_terms')
    .innerJoin('workspaces', 'workspaces.id', 'billing_terms.workspace_id')
    .select([
      'billing_terms.workspace_id as workspaceId',
      'workspaces.site',
      'billing_terms.logs_by as logsBy',
      'billing_terms.from_day as fromDay',
    ])
    .where(sql<boolean>`billing_terms.workspace_id = any(${[...workspaceIds]}::text[])`)
    .orderBy('billing_terms.from_day', 'desc')
    .execute()
}

export async function saveLogsBy(
  db: Db,
  of: { workspaceId: WorkspaceId; fromDay: string; logsBy: LogMeter },
): Promise<void> {
  await db
    .insertInto('billing_terms')
    .values({ workspace_id: of.workspaceId, from_day: of.fromDay, logs_by: of.logsBy })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'from_day']).doUpdateSet({ logs_by: of.logsBy }))
    .execute()
}

/** Forgets what was to begin on a day. */
export async function deleteLogsBy(db: Db, of: { workspaceId: WorkspaceId; fromDay: string }): Promise<void> {
  await db
    .deleteFrom('billing_terms')
    .where('workspace_id', '=', of.workspaceId)
    .where('from_day', '=', of.fromDay)
    .execute()
}

/** Lets no day of any site begin to be closed until the caller's commit. */
export async function holdDays(db: Db): Promise<void> {
  await sql`lock table bill_days in share row exclusive mode`.execute(db)
}

/** Those of some payers that cannot be billed together with others: an earlier day has no answer yet, or earlier usage changed. */
export async function selectSpecialPayers(
  db: Db,
  of: { site: string; day: string; payers: readonly BillingAccountId[] },
): Promise<Set<BillingAccountId>> {
  const { rows } = await sql<{ id: BillingAccountId }>`
    select billing_account_id as id from payer_days
    where billing_account_id = any(${[...of.payers]}::text[]) and site = ${of.site} and day < ${of.day}
      and state in ('open', 'parked')
    union
    select b.billing_account_id from usage_late_days l
      join usage_workspaces w on w.number = l.workspace
      join bindings b on b.workspace_id = w.workspace_id
    where w.site = ${of.site} and l.day < ${of.day}::date and b.billing_account_id = any(${[...of.payers]}::text[])`.execute(
    db,
  )
  return new Set(rows.map((row) => row.id))
}

/** Locks days of payers, in the order of their ids, and answers whose are still open. */
export async function lockOpenPayers(
  db: Db,
  of: { site: string; day: string; payers: readonly BillingAccountId[] },
): Promise<Set<BillingAccountId>> {
  const rows = await db
    .selectFrom('payer_days')
    .select(['billing_account_id', 'state'])
    .where('site', '=', of.site)
    .where('day', '=', of.day)
    .where('billing_account_id', 'in', [...of.payers])
    .orderBy('billing_account_id')
    .forUpdate()
    .execute()
  return new Set(rows.filter((row) => row.state === 'open').map((row) => row.billing_account_id))
}

/** Notes the bills of payers' days. */
export async function answerIssued(
  db: Db,
  of: {
    site: string
    day: string
    bills: readonly { billingAccountId: BillingAccountId; billId: Id<'dailyBill'> }[]
    at: Date
  },
): Promise<void> {
  await sql`
    update payer_days set state = 'issued', bill_id = row.bill, changed_at = ${of.at}
    from unnest(
      ${of.bills.map((bill) => bill.billingAccountId)}::text[], ${of.bills.map((bill) => bill.billId)}::text[]
    ) as row(payer, bill)
    where site = ${of.site} and day = ${of.day} and billing_account_id = row.payer`.execute(db)
}
