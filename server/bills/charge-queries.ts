import type { Kysely } from 'kysely'
import type { BillingAccountId, Id, WorkspaceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { MeterCode } from '../metering/meters.ts'
import type { PagePosition } from '../platform/paging.ts'

/* What a payer reads of its bills. */

type Db = Kysely<Database>

export interface PeriodFilter {
  billingAccountId: BillingAccountId
  /** First and last day. */
  from?: string | undefined
  to?: string | undefined
  site?: string | undefined
}

/** Daily bills of a payer, latest day first. */
export async function selectDailyBills(db: Db, of: PeriodFilter & { after: PagePosition | null; limit: number }) {
  let query = db.selectFrom('daily_bills').selectAll().where('billing_account_id', '=', of.billingAccountId)
  const { from, to, site, after } = of
  if (from !== undefined) query = query.where('day', '>=', from)
  if (to !== undefined) query = query.where('day', '<=', to)
  if (site !== undefined) query = query.where('site', '=', site)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('day', 'id'), '<', tuple(dayOf(after.at), after.id as Id<'dailyBill'>)),
    )
  }
  return query.orderBy('day', 'desc').orderBy('id', 'desc').limit(of.limit).execute()
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10)
}

/** One daily bill of a payer. */
export async function selectDailyBillOf(db: Db, billingAccountId: BillingAccountId, id: Id<'dailyBill'>) {
  return db
    .selectFrom('daily_bills')
    .selectAll()
    .where('id', '=', id)
    .where('billing_account_id', '=', billingAccountId)
    .executeTakeFirst()
}

/** What a bill leaves to clouds, with the marketplaces' names of the instances. */
export async function selectCloudOfBill(db: Db, billId: Id<'dailyBill'>) {
  return db
    .selectFrom('bill_cloud_amounts as c')
    .innerJoin('marketplace_instances as i', 'i.id', 'c.instance_id')
    .select(['c.instance_id as instanceId', 'i.instance_ref as instanceRef', 'c.amount'])
    .where('c.bill_id', '=', billId)
    .orderBy('c.instance_id')
    .execute()
}

/** Where a line stands: bills by day and id, latest first; lines of a bill in its order. */
export interface LinePosition {
  day: string
  billId: Id<'dailyBill'>
  position: number
}

export interface LineFilter extends PeriodFilter {
  billId?: Id<'dailyBill'> | undefined
  workspaceId?: WorkspaceId | undefined
  meter?: string | undefined
}

export type ChargeRow = Awaited<ReturnType<typeof selectCharges>>[number]

/** Lines of a payer's bills, latest day first. */
export async function selectCharges(db: Db, of: LineFilter & { after: LinePosition | null; limit: number }) {
  let query = charges(db).where('b.billing_account_id', '=', of.billingAccountId)
  const { from, to, site, billId, workspaceId, meter, after } = of
  if (from !== undefined) query = query.where('b.day', '>=', from)
  if (to !== undefined) query = query.where('b.day', '<=', to)
  if (site !== undefined) query = query.where('b.site', '=', site)
  if (billId !== undefined) query = query.where('b.id', '=', billId)
  if (workspaceId !== undefined) query = query.where('l.workspace_id', '=', workspaceId)
  if (meter !== undefined) query = query.where('l.meter', '=', meter as MeterCode)
  if (after) {
    query = query.where(({ and, eb, or, refTuple, tuple }) =>
      or([
        eb(refTuple('b.day', 'b.id'), '<', tuple(after.day, after.billId)),
        and([eb('b.id', '=', after.billId), eb('l.position', '>', after.position)]),
      ]),
    )
  }
  return query.orderBy('b.day', 'desc').orderBy('b.id', 'desc').orderBy('l.position').limit(of.limit).execute()
}

/** One line of a payer's bill. */
export async function selectCharge(
  db: Db,
  of: { billingAccountId: BillingAccountId; billId: Id<'dailyBill'>; position: number },
): Promise<ChargeRow | undefined> {
  return charges(db)
    .where('b.billing_account_id', '=', of.billingAccountId)
    .where('l.bill_id', '=', of.billId)
    .where('l.position', '=', of.position)
    .executeTakeFirst()
}

/** All lines of a payer about the same usage, in the order they were billed. */
export async function selectChargesAboutSame(
  db: Db,
  of: { billingAccountId: BillingAccountId } & Pick<ChargeRow, 'workspaceId' | 'meter' | 'retentionDays' | 'usageDay'>,
): Promise<ChargeRow[]> {
  return charges(db)
    .where('b.billing_account_id', '=', of.billingAccountId)
    .where('l.workspace_id', '=', of.workspaceId)
    .where('l.usage_day', '=', of.usageDay)
    .where('l.meter', '=', of.meter)
    .where('l.retention_days', of.retentionDays === null ? 'is' : '=', of.retentionDays)
    .orderBy('b.number')
    .orderBy('l.position')
    .execute()
}

function charges(db: Db) {
  return db
    .selectFrom('bill_lines as l')
    .innerJoin('daily_bills as b', 'b.id', 'l.bill_id')
    .innerJoin('workspaces as w', 'w.id', 'l.workspace_id')
    .select([
      'b.id as billId',
      'b.site',
      'b.day',
      'b.currency',
      'l.position',
      'l.workspace_id as workspaceId',
      'w.name as workspaceName',
      'l.meter',
      'l.retention_days as retentionDays',
      'l.kind',
      'l.usage_day as usageDay',
      'l.line',
      'l.parts',
    ])
}

/** Monthly bills of a payer, latest month first. */
export async function selectMonthlyBills(
  db: Db,
  of: { billingAccountId: BillingAccountId; site?: string | undefined; after: PagePosition | null; limit: number },
) {
  let query = db.selectFrom('monthly_bills').selectAll().where('billing_account_id', '=', of.billingAccountId)
  const { site, after } = of
  if (site !== undefined) query = query.where('site', '=', site)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('month', 'id'), '<', tuple(after.at.toISOString().slice(0, 7), after.id as Id<'monthlyBill'>)),
    )
  }
  return query.orderBy('month', 'desc').orderBy('id', 'desc').limit(of.limit).execute()
}

/** One monthly bill of a payer. */
export async function selectMonthlyBillOf(db: Db, billingAccountId: BillingAccountId, id: Id<'monthlyBill'>) {
  return db
    .selectFrom('monthly_bills')
    .selectAll()
    .where('id', '=', id)
    .where('billing_account_id', '=', billingAccountId)
    .executeTakeFirst()
}

/** Names of workspaces by id. */
export async function selectWorkspaceNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('workspaces')
    .select(['id', 'name'])
    .where('id', 'in', ids as WorkspaceId[])
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
