import type { Currency } from '../../contract/money.ts'
import cnCny from './books/cn-cny.json' with { type: 'json' }
import cnUsd from './books/cn-usd.json' with { type: 'json' }
import intCny from './books/int-cny.json' with { type: 'json' }
import intUsd from './books/int-usd.json' with { type: 'json' }
import type { PriceRegion } from '../metering/meters.ts'
import { parsePriceBook, type PriceBook } from './price-book.ts'

/** Reads a price book that must be right; throws with every problem, one a line. */
function rightBook(json: unknown, fileName: string): PriceBook {
  const parsed = parsePriceBook(json, fileName)
  if (!parsed.ok) throw new Error(`This price book cannot be used.\n${parsed.problems.join('\n')}`)
  return parsed.book
}

/** The price books that come with Purser. Source: M/price. */
export const shippedPriceBooks: readonly PriceBook[] = [
  rightBook(cnCny, 'cn-cny.json'),
  rightBook(cnUsd, 'cn-usd.json'),
  rightBook(intCny, 'int-cny.json'),
  rightBook(intUsd, 'int-usd.json'),
]

/** The book for a site's price region and a Billing Center account's currency; undefined when there is none. */
export function priceBookFor(
  books: readonly PriceBook[],
  wanted: { priceRegion: PriceRegion; currency: Currency },
): PriceBook | undefined {
  return books.find((book) => book.priceRegion === wanted.priceRegion && book.currency === wanted.currency)
}
