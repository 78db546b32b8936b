import { sql } from 'kysely'
import type { Insertable, Kysely, Selectable } from 'kysely'
import type { BillingAccountId, Id, InstanceId, WorkspaceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { MeterCode } from '../metering/meters.ts'
import type { BillLine } from './bill-line.ts'
import type { FundRow } from './bill-money.ts'
import type { BillLinesTable, DailyBillsTable, LinePart } from './tables.ts'

type Db = Kysely<Database>

const linesAtOnce = 2000

export type DailyBillRow = Selectable<DailyBillsTable>
export type BillLineRow = Selectable<BillLinesTable>

/** What payers hold that can pay, and what they owe, with when vouchers and cards expire. */
export async function selectFunds(db: Db, owners: readonly BillingAccountId[]): Promise<FundRow[]> {
  const { rows } = await sql<FundRow>`
    select a.owner, a.currency, a.kind, a.about, a.balance, coalesce(v.expires_at, c.expires_at) as "expiresAt"
    from ledger_accounts a
      left join vouchers v on v.id = a.about
      left join prepaid_cards c on c.id = a.about
    where a.owner = any(${[...owners]}::text[])
      and a.kind in ('ordinary_voucher', 'full_reduction_voucher', 'prepaid_card', 'cash', 'debt')
      and (a.balance <> 0 or a.kind in ('cash', 'debt'))`.execute(db)
  return rows
}

export async function insertDailyBills(db: Db, bills: readonly Insertable<DailyBillsTable>[]): Promise<void> {
  await db
    .insertInto('daily_bills')
    .values([...bills])
    .execute()
}

export interface LinesOfBill {
  billId: Id<'dailyBill'>
  day: string
  lines: readonly { line: BillLine; parts: readonly LinePart[] }[]
}

/** Writes all lines of bills, with what paid each. */
export async function insertBillLines(db: Db, bills: readonly LinesOfBill[]): Promise<void> {
  const rows = bills.flatMap(({ billId, day, lines }) =>
    lines.map(({ line, parts }, index) => ({
      bill_id: billId,
      position: index + 1,
      workspace_id: line.workspaceId,
      meter: line.meter,
      retention_days: line.retentionDays,
      kind: line.kind,
      usage_day: line.kind === 'usage' ? day : line.adjustsDay,
      quantity: line.quantity,
      amount: line.amount,
      line,
      parts,
    })),
  )
  // A payer may have a hundred thousand lines: one text for all of them would be too much at once.
  for (let from = 0; from < rows.length; from += linesAtOnce) {
    await sql`
      insert into bill_lines
        (bill_id, position, workspace_id, meter, retention_days, kind, usage_day, quantity, amount, line, parts)
      select bill_id, position, workspace_id, meter, retention_days, kind, usage_day, quantity, amount, line, parts
      from json_to_recordset(${JSON.stringify(rows.slice(from, from + linesAtOnce))}::json) as row(
        bill_id text, position integer, workspace_id text, meter text, retention_days integer, kind text, usage_day text,
        quantity numeric, amount numeric, line json, parts json)`.execute(db)
  }
}

/** Writes what bills leave to clouds. */
export async function insertCloudAmounts(
  db: Db,
  amounts: readonly { billId: Id<'dailyBill'>; instanceId: InstanceId; amount: string }[],
): Promise<void> {
  if (amounts.length === 0) return
  await db
    .insertInto('bill_cloud_amounts')
    .values(amounts.map(({ billId, instanceId, amount }) => ({ bill_id: billId, instance_id: instanceId, amount })))
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
