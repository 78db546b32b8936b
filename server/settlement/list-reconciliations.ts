import type { ResponseOf } from '../../contract/endpoint.ts'
import type { listReconciliations as endpoint } from '../../contract/settlement.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { PageRequest } from '../platform/paging.ts'
import { selectReconciliations } from './list-queries.ts'

/** Days held against a statement, latest looked at first. */
export async function listReconciliations(
  ctx: Ctx,
  of: { productCode: string | null } & PageRequest,
): Promise<ResponseOf<typeof endpoint>> {
  const rows = await selectReconciliations(ctx.db, of, readCursor(of.cursor), of.limit + 1)
  const page = toPage(rows, of.limit, (row) => ({ at: row.ran_at, id: row.name }))
  return {
    items: page.items.map((row) => ({
      marketplace: row.marketplace,
      productCode: row.product_code,
      day: row.day,
      ranAt: row.ran_at.toISOString(),
      stated: row.stated,
      pushed: row.pushed,
      accepted: row.accepted,
      billed: row.billed,
      differences: row.differences,
    })),
    nextCursor: page.nextCursor,
  }
}
