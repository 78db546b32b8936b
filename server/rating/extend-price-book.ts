import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { diffPriceBooks, type PriceBookEdit } from './price-book-edit.ts'
import type { PriceBook } from './price-book.ts'
import { insertPriceBook, insertPriceBookVersion, lockPriceBooks } from './queries.ts'
import { readPriceBooks } from './read-price-books.ts'

/** What an edited file would change of the book in force; a book there is none of yet counts as all new. */
export async function comparePriceBook(
  ctx: TxCtx,
  edited: PriceBook,
  notBefore: string | undefined,
): Promise<PriceBookEdit> {
  const books = await readPriceBooks(ctx)
  const standing = books.find(({ book }) => book === edited.book)
  if (standing) return diffPriceBooks(standing, edited, notBefore === undefined ? {} : { notBefore })
  const rival = books.find((each) => each.priceRegion === edited.priceRegion && each.currency === edited.currency)
  const edit = diffPriceBooks({ ...edited, versions: [] }, edited)
  return rival
    ? { ...edit, refusals: [`book: ${rival.book} has the prices of ${rival.priceRegion} in ${rival.currency} already`] }
    : edit
}

/**
 * Adds the versions an edited file has more than the book in force, in the caller's commit; the rest of the file must be as it
 * stands. Answers what was compared: with refusals, nothing is added. `notBefore`: first day not billed yet.
 */
export async function extendPriceBook(
  ctx: TxCtx,
  edited: PriceBook,
  notBefore: string | undefined,
): Promise<PriceBookEdit> {
  await lockPriceBooks(ctx.db)
  const edit = await comparePriceBook(ctx, edited, notBefore)
  if (edit.refusals.length > 0) return edit
  await insertPriceBook(ctx.db, edited)
  for (const { version, effectiveFrom } of edit.newVersions) {
    const added = edited.versions.find((each) => each.version === version)
    if (!added) continue
    await insertPriceBookVersion(ctx.db, edited.book, added, ctx.now())
    await record(ctx, {
      kind: 'price_book.extended',
      about: { book: edited.book },
      detail: { version, effectiveFrom, prices: added.rules.length },
    })
  }
  return edit
}
