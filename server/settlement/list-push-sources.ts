import type { Id } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { selectPush, selectSourcesOf } from './list-queries.ts'

/** What a usage report is made of, one page at a time. Throws `not_found`. */
export async function listPushSources(
  ctx: Ctx,
  of: { id: Id<'usageRecord'> } & PageRequest,
): Promise<Page<{ source: string; quantity: string; updatedAt: string }>> {
  if (!(await selectPush(ctx.db, of.id))) throw new Problem('not_found')
  const rows = await selectSourcesOf(ctx.db, of.id, readCursor(of.cursor), of.limit + 1)
  const page = toPage(rows, of.limit, (row) => ({ at: row.updated_at, id: row.source }))
  return {
    items: page.items.map(({ source, quantity, updated_at: at }) => ({
      source,
      quantity,
      updatedAt: at.toISOString(),
    })),
    nextCursor: page.nextCursor,
  }
}
