import type { Ctx } from '../context.ts'
import { selectInstancesOfProduct } from './queries.ts'
import type { InstanceRow } from './queries.ts'

/**
 * Instances of a product that are open, or were closed at or after `closedAfter`: those that may still have usage to report. In order
 * of ids, at most `limit` after the id `after` (empty: from the first).
 */
export async function listInstancesOfProduct(
  ctx: Ctx,
  of: { marketplace: string; productCode: string; closedAfter: Date; after: string; limit: number },
): Promise<InstanceRow[]> {
  return selectInstancesOfProduct(ctx.db, of)
}
