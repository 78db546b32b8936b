import type { MoneyMove } from '../../contract/wallet.ts'
import { fundKind } from '../../contract/wallet.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PagePosition, PageRequest } from '../platform/paging.ts'
import { amountText, Decimal } from '../rating/decimal.ts'
import { csvFile, type CsvValue } from './csv.ts'
import { selectChanges, selectMoves, type MoveFilter, type MoveRow } from './wallet-queries.ts'

const exportAtOnce = 500

/** Income and expenses of a payer, latest first. */
export async function listMoneyMoves(ctx: Ctx, of: MoveFilter & PageRequest): Promise<Page<MoneyMove>> {
  const after = readCursor(of.cursor)
  if (after && !/^\d{1,15}$/.test(after.id)) throw new Problem('bad_input', {}, 'cursor')
  const rows = await selectMoves(ctx.db, { ...of, order: 'latest', after, limit: of.limit + 1 })
  const page = toPage(rows, of.limit, positionOf)
  return { items: await presentMoves(ctx, page.items), nextCursor: page.nextCursor }
}

const columns = ['at', 'what', 'about', 'bill_day', 'site', 'money', 'money_id', 'amount', 'currency']

/** Income and expenses as CSV, oldest first: a line for each change of each kind of money. */
export function exportMoneyMoves(ctx: Ctx, of: MoveFilter): AsyncIterable<string> {
  return csvFile(columns, exportedPages(ctx, of))
}

async function* exportedPages(ctx: Ctx, of: MoveFilter): AsyncGenerator<CsvValue[][]> {
  let after: PagePosition | null = null
  for (;;) {
    const rows: MoveRow[] = await selectMoves(ctx.db, { ...of, order: 'oldest', after, limit: exportAtOnce })
    const moves = await presentMoves(ctx, rows)
    yield moves.flatMap((move, index) =>
      move.changes
        .filter(({ fund }) => of.fund === undefined || fund === of.fund)
        .map((change): CsvValue[] => [
          move.at,
          move.kind,
          move.about,
          move.bill?.day ?? null,
          move.bill?.site ?? null,
          change.fund,
          change.id,
          change.amount,
          rows[index]?.currency ?? null,
        ]),
    )
    const last = rows.at(-1)
    if (!last || rows.length < exportAtOnce) return
    after = positionOf(last)
  }
}

function positionOf(row: MoveRow): PagePosition {
  return { at: row.posted_at, id: String(row.number) }
}

async function presentMoves(ctx: Ctx, rows: readonly MoveRow[]): Promise<MoneyMove[]> {
  const changes = await selectChanges(
    ctx.db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({
    id: row.id,
    at: row.posted_at.toISOString(),
    kind: row.kind,
    about: row.reference.split('/')[1] ?? '',
    bill: row.billId && row.site && row.day ? { id: row.billId, site: row.site, day: row.day } : null,
    changes: changes
      .filter((change) => change.transactionId === row.id)
      .map((change) => ({
        fund: fundKind.parse(change.kind),
        id: change.about,
        amount: amountText(new Decimal(change.amount), change.currency),
      })),
  }))
}
