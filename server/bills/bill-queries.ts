import { sql } from 'kysely'
import type { Insertable, Kysely, Selectable } from 'kysely'
import type { BillingAccountId, Id, InstanceId, WorkspaceId } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { Database } from '../database.ts'
import type { MeterCode } from '../metering/meters.ts'
import type { BillLine } from './bill-line.ts'
import type { LedgerAccount } from './ledger.ts'
import type { BillLinesTable, DailyBillsTable, LinePart } from './tables.ts'

type Db = Kysely<Database>

export type DailyBillRow = Selectable<DailyBillsTable>
export type BillLineRow = Selectable<BillLinesTable>

/** What a payer holds of one currency that can pay, with when vouchers and cards expire. */
export async function selectFunds(db: Db, owner: BillingAccountId, currency: Currency) {
  const { rows } = await sql<{
    kind: LedgerAccount['kind']
    about: string | null
    balance: string
    expiresAt: Date | null
  }>`
    select a.kind, a.about, a.balance, coalesce(v.expires_at, c.expires_at) as "expiresAt"
    from ledger_accounts a
      left join vouchers v on v.id = a.about
      left join prepaid_cards c on c.id = a.about
    where a.owner = ${owner} and a.currency = ${currency}
      and a.kind in ('ordinary_voucher', 'full_reduction_voucher', 'prepaid_card', 'cash', 'debt')`.execute(db)
  return rows
}

export async function insertDailyBill(db: Db, bill: Insertable<DailyBillsTable>): Promise<void> {
  await db.insertInto('daily_bills').values(bill).execute()
}

/** Writes all lines of a bill, with what paid each. */
export async function insertBillLines(
  db: Db,
  of: { billId: Id<'dailyBill'>; day: string; lines: readonly { line: BillLine; parts: readonly LinePart[] }[] },
): Promise<void> {
  const rows = of.lines.map(({ line, parts }, index) => ({
    position: index + 1,
    workspace_id: line.workspaceId,
    meter: line.meter,
    retention_days: line.retentionDays,
    kind: line.kind,
    usage_day: line.kind === 'usage' ? of.day : line.adjustsDay,
    quantity: line.quantity,
    amount: line.amount,
    line,
    parts,
  }))
  await sql`
    insert into bill_lines
      (bill_id, position, workspace_id, meter, retention_days, kind, usage_day, quantity, amount, line, parts)
    select ${of.billId}, position, workspace_id, meter, retention_days, kind, usage_day, quantity, amount, line, parts
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(
      position integer, workspace_id text, meter text, retention_days integer, kind text, usage_day text,
      quantity numeric, amount numeric, line json, parts json)`.execute(db)
}

export async function insertCloudAmounts(
  db: Db,
  billId: Id<'dailyBill'>,
  amounts: readonly { instanceId: InstanceId; amount: string }[],
): Promise<void> {
  if (amounts.length === 0) return
  await db
    .insertInto('bill_cloud_amounts')
    .values(amounts.map(({ instanceId, amount }) => ({ bill_id: billId, instance_id: instanceId, amount })))
    .execute()
}

/** Lines about the usage of some workspaces on one day, in the order they were billed, with what paid each. */
export async function selectLinesOfUsageDay(
  db: Db,
  workspaceIds: readonly string[],
  usageDay: string,
): Promise<Pick<BillLineRow, 'line' | 'parts'>[]> {
  return db
    .selectFrom('bill_lines')
    .innerJoin('daily_bills', 'daily_bills.id', 'bill_lines.bill_id')
    .select(['line', 'parts'])
    .where('workspace_id', 'in', workspaceIds as WorkspaceId[])
    .where('usage_day', '=', usageDay)
    .orderBy('daily_bills.number')
    .orderBy('position')
    .execute()
}

/** What paid the lines of one total of one day, oldest first. */
export async function selectPartsOfTotal(
  db: Db,
  of: { workspaceId: string; meter: MeterCode; retentionDays: number | null; usageDay: string },
): Promise<Pick<BillLineRow, 'amount' | 'parts'>[]> {
  return db
    .selectFrom('bill_lines')
    .innerJoin('daily_bills', 'daily_bills.id', 'bill_lines.bill_id')
    .select(['amount', 'parts'])
    .where('workspace_id', '=', of.workspaceId as WorkspaceId)
    .where('usage_day', '=', of.usageDay)
    .where('meter', '=', of.meter)
    .where('retention_days', of.retentionDays === null ? 'is' : '=', of.retentionDays)
    .orderBy('daily_bills.number')
    .orderBy('position')
    .execute()
}
