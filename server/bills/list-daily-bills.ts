import type { DailyBill } from '../../contract/bills.ts'
import type { BillingAccountId, Id, InstanceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { amountText, Decimal } from '../rating/decimal.ts'
import type { DailyBillRow } from './bill-queries.ts'
import { selectCloudOfBill, selectDailyBillOf, selectDailyBills, type PeriodFilter } from './charge-queries.ts'

/** Daily bills of a payer, latest day first. */
export async function listDailyBills(ctx: Ctx, of: PeriodFilter & PageRequest): Promise<Page<DailyBill>> {
  const rows = await selectDailyBills(ctx.db, { ...of, after: readCursor(of.cursor), limit: of.limit + 1 })
  const page = toPage(rows, of.limit, (row) => ({ at: new Date(`${row.day}T00:00:00Z`), id: row.id }))
  return { items: page.items.map(presentDailyBill), nextCursor: page.nextCursor }
}

/** A daily bill with what proves it and what each cloud is charged. */
export interface ProvenBill extends DailyBill {
  usageCut: string
  hash: string
  cloud: { instanceId: InstanceId; instanceRef: string; amount: string }[]
}

/** One daily bill of a payer; throws `not_found` for anybody else's. */
export async function readDailyBill(
  ctx: Ctx,
  of: { billingAccountId: BillingAccountId; dailyBillId: Id<'dailyBill'> },
): Promise<ProvenBill> {
  const row = await selectDailyBillOf(ctx.db, of.billingAccountId, of.dailyBillId)
  if (!row) throw new Problem('not_found')
  const cloud = await selectCloudOfBill(ctx.db, row.id)
  return {
    ...presentDailyBill(row),
    usageCut: row.usage_cut,
    hash: row.hash,
    cloud: cloud.map((each) => ({ ...each, amount: amountText(new Decimal(each.amount), row.currency) })),
  }
}

function presentDailyBill(row: DailyBillRow): DailyBill {
  return {
    id: row.id,
    site: row.site,
    day: row.day,
    currency: row.currency,
    total: amountText(new Decimal(row.total), row.currency),
    lineCount: row.line_count,
    paidBy: row.paid_by.map(({ kind, amount }) => ({ fund: kind, amount })),
    issuedAt: row.issued_at.toISOString(),
  }
}
