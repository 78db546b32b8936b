import type { Push } from '../../contract/settlement.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { selectPushes } from './list-queries.ts'
import type { PushFilter } from './list-queries.ts'
import { presentPush } from './present-push.ts'

/** Usage reports by deadline, filtered, one page at a time. */
export async function listPushes(ctx: Ctx, of: PushFilter & PageRequest): Promise<Page<Push>> {
  const rows = await selectPushes(ctx.db, of, readCursor(of.cursor), of.limit + 1)
  const page = toPage(rows, of.limit, (row) => ({ at: row.deadline, id: row.id }))
  return { items: page.items.map(presentPush), nextCursor: page.nextCursor }
}
