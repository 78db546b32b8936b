import type { listPriceBooks as listEndpoint } from '../../contract/operator-money.ts'
import type { ResponseOf } from '../../contract/endpoint.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { parsePriceBook } from '../rating/price-book.ts'
import type { PriceBook } from '../rating/price-book.ts'
import type { PriceBookEdit } from '../rating/price-book-edit.ts'
import { readPriceBooks } from '../rating/read-price-books.ts'
import { firstOpenDay } from './first-open-day.ts'

/** Price books with their versions, and the first day new prices may begin on. */
export async function listPriceBooks(ctx: Ctx): Promise<ResponseOf<typeof listEndpoint>> {
  const books = await readPriceBooks(ctx)
  const items = await Promise.all(
    books.map(async ({ book, priceRegion, currency, versions }) => ({
      book,
      priceRegion,
      currency,
      versions: versions.map(({ rules, ...version }) => ({ ...version, prices: rules.length })),
      newFrom: (await firstOpenDay(ctx, priceRegion)) ?? null,
    })),
  )
  return { items }
}

/** One price book as a file; throws `not_found`. */
export async function readPriceBook(ctx: Ctx, name: string): Promise<PriceBook> {
  const found = (await readPriceBooks(ctx)).find(({ book }) => book === name)
  if (!found) throw new Problem('not_found')
  return found
}

/** Reads an edited file and does something with it; a file with mistakes is refused with all of them. */
export async function withEditedBook(
  file: Record<string, unknown>,
  work: (edited: PriceBook) => Promise<PriceBookEdit>,
): Promise<PriceBookEdit> {
  const parsed = parsePriceBook(file, 'file')
  if (parsed.ok) return work(parsed.book)
  const { book } = file
  return { book: typeof book === 'string' ? book : '', newVersions: [], refusals: parsed.problems }
}
