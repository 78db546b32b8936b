import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { insertPriceBook, insertPriceBookVersion } from './queries.ts'
import { shippedPriceBooks } from './shipped-price-books.ts'

/** Puts the price books that come with Purser where there are none of their region and currency yet. Answers the names of those it added. */
export async function seedPriceBooks(ctx: Ctx): Promise<string[]> {
  return inTransaction(ctx, async (tx) => {
    const added: string[] = []
    for (const book of shippedPriceBooks) {
      if (!(await insertPriceBook(tx.db, book))) continue
      for (const version of book.versions) await insertPriceBookVersion(tx.db, book.book, version, tx.now())
      added.push(book.book)
    }
    return added
  })
}
