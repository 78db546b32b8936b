import type { ActivationInShort } from '../../contract/operator.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { selectActivations } from './queries.ts'

/** Activations with where they stand, latest begun first, a page at a time. */
export async function listActivations(
  ctx: Ctx,
  of: { state: 'open' | 'done' | null } & PageRequest,
): Promise<Page<ActivationInShort>> {
  const rows = await selectActivations(ctx.db, of.state, readCursor(of.cursor), of.limit + 1)
  const page = toPage(rows, of.limit, ({ createdAt, id }) => ({ at: createdAt, id }))
  const items = page.items.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
  }))
  return { items, nextCursor: page.nextCursor }
}
