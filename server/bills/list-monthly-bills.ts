import type { MonthlyBill, MonthlyLine } from '../../contract/bills.ts'
import type { BillingAccountId, Id } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { meterOf } from '../metering/meters.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { selectMonthlyBillOf, selectMonthlyBills, selectWorkspaceNames } from './charge-queries.ts'
import { csvFile, type CsvValue } from './csv.ts'

type MonthlyBillRow = Awaited<ReturnType<typeof selectMonthlyBills>>[number]
type Wanted = { billingAccountId: BillingAccountId; monthlyBillId: Id<'monthlyBill'> }

/** Monthly bills of a payer, latest month first. */
export async function listMonthlyBills(
  ctx: Ctx,
  of: { billingAccountId: BillingAccountId; site?: string | undefined } & PageRequest,
): Promise<Page<MonthlyBill>> {
  const rows = await selectMonthlyBills(ctx.db, { ...of, after: readCursor(of.cursor), limit: of.limit + 1 })
  const page = toPage(rows, of.limit, (row) => ({ at: new Date(`${row.month}-01T00:00:00Z`), id: row.id }))
  return { items: page.items.map(presentMonthlyBill), nextCursor: page.nextCursor }
}

/** One monthly bill of a payer with its days; throws `not_found` for anybody else's. */
export async function readMonthlyBill(
  ctx: Ctx,
  of: Wanted,
): Promise<MonthlyBill & { hash: string; days: { day: string; total: string }[] }> {
  const row = await findBill(ctx, of)
  return { ...presentMonthlyBill(row), hash: row.hash, days: row.bill.days }
}

/** Lines of one monthly bill of a payer; throws `not_found` for anybody else's. */
export async function listMonthlyLines(ctx: Ctx, of: Wanted & PageRequest): Promise<Page<MonthlyLine>> {
  const { bill } = await findBill(ctx, of)
  const from = readPlace(of.cursor)
  const until = from + of.limit
  const items = await presentLines(ctx, bill.lines.slice(from, until))
  return { items, nextCursor: until < bill.lines.length ? String(until) : null }
}

/** A monthly bill never changes, so a place in its lines is as good as a position. */
function readPlace(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (!/^\d{1,9}$/.test(cursor)) throw new Problem('bad_input', {}, 'cursor')
  return Number(cursor)
}

const columns = [
  'month',
  'site',
  'workspace',
  'workspace_name',
  'meter',
  'retention_days',
  'quantity',
  'amount',
  'of_which_adjustments',
  'currency',
]

/** Lines of one monthly bill of a payer as CSV; throws `not_found` for anybody else's before anything is sent. */
export async function exportMonthlyBill(ctx: Ctx, of: Wanted): Promise<AsyncIterable<string>> {
  const { bill } = await findBill(ctx, of)
  const lines = await presentLines(ctx, bill.lines)
  const rows = lines.map((line): CsvValue[] => [
    bill.month,
    bill.site,
    line.workspaceId,
    line.workspaceName,
    line.meter,
    line.retentionDays,
    line.quantity,
    line.amount,
    line.adjustments,
    bill.currency,
  ])
  return csvFile(columns, onePage(rows))
}

async function* onePage(rows: CsvValue[][]): AsyncGenerator<CsvValue[][]> {
  yield rows
}

async function findBill(ctx: Ctx, of: Wanted): Promise<MonthlyBillRow> {
  const row = await selectMonthlyBillOf(ctx.db, of.billingAccountId, of.monthlyBillId)
  if (!row) throw new Problem('not_found')
  return row
}

function presentMonthlyBill({ id, bill, issued_at }: MonthlyBillRow): MonthlyBill {
  const { site, month, currency, total, paidBy } = bill
  return {
    id,
    site,
    month,
    currency,
    total,
    paidBy: paidBy.map(({ kind, amount }) => ({ fund: kind, amount })),
    issuedAt: issued_at.toISOString(),
  }
}

async function presentLines(ctx: Ctx, lines: MonthlyBillRow['bill']['lines']): Promise<MonthlyLine[]> {
  const names = await selectWorkspaceNames(ctx.db, [...new Set(lines.map((line) => line.workspaceId))])
  return lines.map((line) => ({
    ...line,
    workspaceId: line.workspaceId as MonthlyLine['workspaceId'],
    workspaceName: names.get(line.workspaceId) ?? line.workspaceId,
    meterName: meterOf(line.meter).name,
  }))
}
