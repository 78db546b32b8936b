import type { Ctx } from '../context.ts'
import { parsePriceBook, type PriceBook } from './price-book.ts'
import { selectPriceBooks } from './queries.ts'

/** All price books in force, with every version they ever had; in order of their names. */
export async function readPriceBooks(ctx: Ctx): Promise<PriceBook[]> {
  const rows = await selectPriceBooks(ctx.db)
  const names = [...new Set(rows.map((row) => row.book))]
  return names.map((book) =>
    rightBook(
      book,
      rows.filter((row) => row.book === book),
    ),
  )
}

function rightBook(book: string, rows: Awaited<ReturnType<typeof selectPriceBooks>>): PriceBook {
  const [first] = rows
  const parsed = parsePriceBook(
    {
      book,
      priceRegion: first?.price_region,
      currency: first?.currency,
      versions: rows.map((row) => ({
        version: row.version,
        effectiveFrom: row.effective_from,
        note: row.note,
        rules: row.rules,
      })),
    },
    book,
  )
  if (!parsed.ok) throw new Error(`The price book ${book} cannot be used.\n${parsed.problems.join('\n')}`)
  return parsed.book
}
