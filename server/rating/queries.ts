import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { PriceBook, PriceBookVersion } from './price-book.ts'

type Db = Kysely<Database>

/** Adds a book without its versions; false when there is one of that name, or of that region and currency. */
export async function insertPriceBook(db: Db, book: PriceBook): Promise<boolean> {
  const row = await db
    .insertInto('price_books')
    .values({ book: book.book, price_region: book.priceRegion, currency: book.currency })
    .onConflict((conflict) => conflict.doNothing())
    .returning('book')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertPriceBookVersion(db: Db, book: string, version: PriceBookVersion, at: Date): Promise<void> {
  await db
    .insertInto('price_book_versions')
    .values({
      book,
      version: version.version,
      effective_from: version.effectiveFrom,
      note: version.note,
      rules: JSON.stringify(version.rules),
      added_at: at,
    })
    .execute()
}

/** Makes those who change price books take turns; bills go on reading them. */
export async function lockPriceBooks(db: Db): Promise<void> {
  await db.selectFrom('price_books').select('book').orderBy('book').forNoKeyUpdate().execute()
}

/** All versions of all books (or of one), in order. */
export async function selectPriceBooks(db: Db, only?: string) {
  let query = db
    .selectFrom('price_books')
    .innerJoin('price_book_versions', 'price_book_versions.book', 'price_books.book')
    .select(['price_books.book', 'price_region', 'currency', 'version', 'effective_from', 'note', 'rules', 'added_at'])
  if (only !== undefined) query = query.where('price_books.book', '=', only)
  return query.orderBy('price_books.book').orderBy('version').execute()
}
