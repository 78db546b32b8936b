import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { comparePriceBook, extendPriceBook } from '../rating/extend-price-book.ts'
import type { PriceBookEdit } from '../rating/price-book-edit.ts'
import type { PriceBook } from '../rating/price-book.ts'
import { holdDays } from './close-queries.ts'
import { firstOpenDay } from './first-open-day.ts'

/** What an edited price book would change; its `refusals` say why it may not be applied as it is. Changes nothing. */
export async function diffPriceBook(ctx: Ctx, edited: PriceBook): Promise<PriceBookEdit> {
  return inTransaction(ctx, async (tx) => comparePriceBook(tx, edited, await firstOpenDay(tx, edited.priceRegion)))
}

/**
 * Adds the new versions of an edited price book. Bills of days that are closed, or are just being closed, keep their prices: no day
 * begins to be closed while the check runs. With refusals nothing is changed; applying again finds nothing new.
 */
export async function applyPriceBook(ctx: Ctx, edited: PriceBook): Promise<PriceBookEdit> {
  return inTransaction(ctx, async (tx) => {
    await holdDays(tx.db)
    return extendPriceBook(tx, edited, await firstOpenDay(tx, edited.priceRegion))
  })
}
