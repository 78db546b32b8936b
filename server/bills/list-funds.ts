import type { PrepaidCard, TopUp, Voucher } from '../../contract/wallet.ts'
import type { BillingAccountId, Id } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { amountText, Decimal } from '../rating/decimal.ts'
import { selectPrepaidCards, selectTopUpOf, selectTopUps, selectVouchers, type TopUpRow } from './wallet-queries.ts'

type Wanted = { billingAccountId: BillingAccountId } & PageRequest

/** Vouchers of a payer with what is left of each, latest granted first. */
export async function listVouchers(ctx: Ctx, of: Wanted): Promise<Page<Voucher>> {
  const rows = await selectVouchers(ctx.db, { ...of, after: readCursor(of.cursor), limit: of.limit + 1 })
  const page = toPage(rows, of.limit, (row) => ({ at: row.granted_at, id: row.id }))
  const items = page.items.map((row) => ({
    id: row.id,
    kind: row.kind,
    ...presentExpiring(row, ctx.now()),
    grantedAt: row.granted_at.toISOString(),
  }))
  return { items, nextCursor: page.nextCursor }
}

/** Prepaid cards of a payer with what is left of each, latest sold first. */
export async function listPrepaidCards(ctx: Ctx, of: Wanted): Promise<Page<PrepaidCard>> {
  const rows = await selectPrepaidCards(ctx.db, { ...of, after: readCursor(of.cursor), limit: of.limit + 1 })
  const page = toPage(rows, of.limit, (row) => ({ at: row.sold_at, id: row.id }))
  const items = page.items.map((row) => ({
    id: row.id,
    ...presentExpiring(row, ctx.now()),
    soldAt: row.sold_at.toISOString(),
  }))
  return { items, nextCursor: page.nextCursor }
}

interface ExpiringRow {
  currency: Currency
  amount: string
  left: string | null
  note: string
  expires_at: Date
}

function presentExpiring(row: ExpiringRow, now: Date): Omit<Voucher, 'id' | 'kind' | 'grantedAt'> {
  const left = new Decimal(row.left ?? '0')
  const spent = left.isZero() ? 'used' : 'usable'
  return {
    currency: row.currency,
    amount: amountText(new Decimal(row.amount), row.currency),
    left: amountText(left, row.currency),
    state: row.expires_at <= now ? 'expired' : spent,
    note: row.note,
    expiresAt: row.expires_at.toISOString(),
  }
}

/** Top-ups of a payer, latest first. */
export async function listTopUps(ctx: Ctx, of: Wanted): Promise<Page<TopUp>> {
  const rows = await selectTopUps(ctx.db, { ...of, after: readCursor(of.cursor), limit: of.limit + 1 })
  const page = toPage(rows, of.limit, (row) => ({ at: row.started_at, id: row.id }))
  return { items: page.items.map(presentTopUp), nextCursor: page.nextCursor }
}

/** One top-up of a payer; throws `not_found` for anybody else's. */
export async function readTopUp(
  ctx: Ctx,
  of: { billingAccountId: BillingAccountId; topUpId: Id<'topUp'> },
): Promise<TopUp> {
  const row = await selectTopUpOf(ctx.db, of.billingAccountId, of.topUpId)
  if (!row) throw new Problem('not_found')
  return presentTopUp(row)
}

/** A top-up as its payer sees it. */
export function presentTopUp(row: TopUpRow): TopUp {
  return {
    id: row.id,
    currency: row.currency,
    amount: amountText(new Decimal(row.amount), row.currency),
    provider: row.provider,
    state: row.state,
    note: row.note,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}
