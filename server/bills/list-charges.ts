import { z } from 'zod'
import type { BillLine } from '../../contract/bills.ts'
import type { BillingAccountId, Id } from '../../contract/ids.ts'
import { idOf } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { sumOfAmounts } from '../rating/decimal.ts'
import {
  selectCharges,
  selectDailyBillOf,
  type ChargeRow,
  type LineFilter,
  type LinePosition,
} from './charge-queries.ts'
import { csvFile, type CsvValue } from './csv.ts'
import { presentCharge } from './present-charge.ts'

const exportAtOnce = 1000

/** Lines of a payer's bills, latest day first. */
export async function listCharges(ctx: Ctx, of: LineFilter & PageRequest): Promise<Page<BillLine>> {
  const rows = await selectCharges(ctx.db, { ...of, after: readPosition(of.cursor), limit: of.limit + 1 })
  const items = rows.slice(0, of.limit)
  const last = items.at(-1)
  const nextCursor = last && rows.length > of.limit ? writePosition(last) : null
  return { items: items.map(presentCharge), nextCursor }
}

/** Lines of one bill of a payer, in its order; throws `not_found` for anybody else's bill. */
export async function listBillLines(
  ctx: Ctx,
  of: { billingAccountId: BillingAccountId; billId: Id<'dailyBill'> } & LineFilter & PageRequest,
): Promise<Page<BillLine>> {
  if (!(await selectDailyBillOf(ctx.db, of.billingAccountId, of.billId))) throw new Problem('not_found')
  return listCharges(ctx, of)
}

const position = z.tuple([z.iso.date(), idOf('dailyBill'), z.coerce.number().int()])

function readPosition(cursor: string | undefined): LinePosition | null {
  if (cursor === undefined) return null
  const parsed = position.safeParse(Buffer.from(cursor, 'base64url').toString('utf8').split(' '))
  if (!parsed.success) throw new Problem('bad_input', {}, 'cursor')
  const [day, billId, place] = parsed.data
  return { day, billId, position: place }
}

function writePosition({ day, billId, position: place }: LinePosition): string {
  return Buffer.from(`${day} ${billId} ${place}`).toString('base64url')
}

const fundColumns = [
  'ordinary_voucher',
  'full_reduction_voucher',
  'prepaid_card',
  'cash',
  'debt',
  'cloud_receivable',
] as const

const columns = [
  'day',
  'site',
  'bill',
  'line',
  'workspace',
  'workspace_name',
  'meter',
  'retention_days',
  'kind',
  'usage_day',
  'quantity',
  'per',
  'unit_price',
  'amount',
  ...fundColumns,
  'currency',
]

/** Lines of a payer's bills as CSV, latest day first; a column for each kind of money that paid. */
export function exportCharges(ctx: Ctx, of: LineFilter): AsyncIterable<string> {
  return csvFile(columns, exportedPages(ctx, of))
}

async function* exportedPages(ctx: Ctx, of: LineFilter): AsyncGenerator<CsvValue[][]> {
  let after: LinePosition | null = null
  for (;;) {
    const rows: ChargeRow[] = await selectCharges(ctx.db, { ...of, after, limit: exportAtOnce })
    yield rows.map(presentCharge).map(csvOf)
    const last = rows.at(-1)
    if (!last || rows.length < exportAtOnce) return
    after = last
  }
}

function csvOf(line: BillLine): CsvValue[] {
  const { billId, position: place } = line
  return [
    line.day,
    line.site,
    billId,
    place,
    line.workspaceId,
    line.workspaceName,
    line.meter,
    line.retentionDays,
    line.kind,
    line.usageDay,
    line.quantity,
    line.per,
    line.unitPrice,
    line.amount,
    ...fundColumns.map((fund) => paidWith(line, fund)),
    line.currency,
  ]
}

function paidWith(line: BillLine, fund: BillLine['paidBy'][number]['fund']): string {
  return sumOfAmounts(
    line.paidBy.filter((part) => part.fund === fund).map((part) => part.amount),
    line.currency,
  )
}
