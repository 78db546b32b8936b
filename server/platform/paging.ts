import { Problem } from '../../contract/problems.ts'

export interface PageRequest {
  cursor?: string | undefined
  limit: number
}

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

/** Position after a row: its sort instant and id, newest first. */
export interface PagePosition {
  at: Date
  id: string
}

/** Reads a cursor made by `toPage`; a broken one is a problem with the field `cursor`. */
export function readCursor(cursor: string | undefined): PagePosition | null {
  if (cursor === undefined) return null
  const [at, id] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  const instant = new Date(at ?? '')
  if (!id || Number.isNaN(instant.getTime())) throw new Problem('bad_input', {}, 'cursor')
  return { at: instant, id }
}

/** Cuts `limit + 1` fetched rows into a page; `positionOf` tells where a row stands in the order. */
export function toPage<Row>(rows: Row[], limit: number, positionOf: (row: Row) => PagePosition): Page<Row> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  if (rows.length <= limit || last === undefined) return { items, nextCursor: null }
  const { at, id } = positionOf(last)
  return { items, nextCursor: Buffer.from(`${at.toISOString()} ${id}`).toString('base64url') }
}
