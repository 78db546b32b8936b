import type { JSONColumnType } from 'kysely'
import type { Currency } from '../../contract/money.ts'
import type { PriceRegion } from '../metering/meters.ts'
import type { PriceRule } from './price-book.ts'

export interface PriceBooksTable {
  book: string
  price_region: PriceRegion
  currency: Currency
}

export interface PriceBookVersionsTable {
  book: string
  version: number
  /** The site's day, `2026-01-31`. */
  effective_from: string
  note: string
  rules: JSONColumnType<PriceRule[]>
  added_at: Date
}

export interface RatingTables {
  price_books: PriceBooksTable
  price_book_versions: PriceBookVersionsTable
}
