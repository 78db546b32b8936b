import type { BillDay, ParkedBill } from '../../contract/operator-money.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { selectBillDays, selectParked } from './operator-queries.ts'

/** Days closed or being closed with how many payers stand where, latest first. */
export async function listBillDays(ctx: Ctx, of: { site?: string | undefined } & PageRequest): Promise<Page<BillDay>> {
  const rows = await selectBillDays(ctx.db, { site: of.site, after: readCursor(of.cursor), limit: of.limit + 1 })
  const page = toPage(rows, of.limit, (row) => ({ at: new Date(`${row.day}T00:00:00Z`), id: row.site }))
  const items = page.items.map(({ startedAt, closedAt, ...row }) => ({
    ...row,
    startedAt: startedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  }))
  return { items, nextCursor: page.nextCursor }
}

/** Parked bills with their reasons, latest first. */
export async function listParkedBills(ctx: Ctx, of: PageRequest): Promise<Page<ParkedBill>> {
  const rows = await selectParked(ctx.db, { after: readCursor(of.cursor), limit: of.limit + 1 })
  const page = toPage(rows, of.limit, (row) => ({ at: row.changedAt, id: row.key }))
  const items = page.items.map(({ changedAt, key: _key, ...row }) => ({ ...row, parkedAt: changedAt.toISOString() }))
  return { items, nextCursor: page.nextCursor }
}
