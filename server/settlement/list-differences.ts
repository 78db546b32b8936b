import type { SettlementDifference } from '../../contract/settlement.ts'
import { difference } from '../../contract/settlement.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { selectDifferences } from './list-queries.ts'
import type { DifferenceFilter } from './list-queries.ts'

/** Differences with the marketplaces, newest first. */
export async function listDifferences(
  ctx: Ctx,
  of: DifferenceFilter & PageRequest,
): Promise<Page<SettlementDifference>> {
  const rows = await selectDifferences(ctx.db, of, readCursor(of.cursor), of.limit + 1)
  const page = toPage(rows, of.limit, (row) => ({ at: row.first_seen_at, id: row.id }))
  return {
    items: page.items.map((row) => ({
      id: row.id,
      marketplace: row.marketplace,
      productCode: row.product_code,
      instanceRef: row.instance_ref,
      dimension: row.dimension,
      item: row.item === '' ? null : row.item,
      day: row.day,
      kind: difference.shape.kind.parse(row.kind),
      ours: row.ours,
      theirs: row.theirs,
      usageRecordId: row.record_id,
      firstSeenAt: row.first_seen_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      goneAt: row.gone_at?.toISOString() ?? null,
    })),
    nextCursor: page.nextCursor,
  }
}
