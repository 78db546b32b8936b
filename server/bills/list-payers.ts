import type { Wallet } from '../../contract/wallet.ts'
import type { BillingAccountId } from '../../contract/ids.ts'
import type { Payer } from '../../contract/operator-money.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { amountText, Decimal } from '../rating/decimal.ts'
import { selectPayers, type PayerRow } from './operator-queries.ts'
import { readWallet } from './read-wallet.ts'

/** Billing Center accounts with cash and debt, newest first; all, or those whose username, e-mail or company contains a text. */
export async function listPayers(ctx: Ctx, of: { search?: string | undefined } & PageRequest): Promise<Page<Payer>> {
  const rows = await selectPayers(ctx.db, { search: of.search, after: readCursor(of.cursor), limit: of.limit + 1 })
  const page = toPage(rows, of.limit, (row) => ({ at: row.createdAt, id: row.id }))
  return { items: page.items.map(presentPayer), nextCursor: page.nextCursor }
}

/** One Billing Center account with all it holds and owes; throws `not_found`. */
export async function readPayer(ctx: Ctx, id: BillingAccountId): Promise<Payer & { wallet: Wallet }> {
  const [row] = await selectPayers(ctx.db, { id, after: null, limit: 1 })
  if (!row) throw new Problem('not_found')
  return { ...presentPayer(row), wallet: await readWallet(ctx, id) }
}

function presentPayer({ createdAt, cash, debt, ...row }: PayerRow): Payer {
  const text = (value: string) => amountText(new Decimal(value), row.currency)
  return { ...row, cash: text(cash), debt: text(debt), createdAt: createdAt.toISOString() }
}
