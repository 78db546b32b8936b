import type { Ctx } from '../context.ts'
import { selectDifferences } from './check-queries.ts'
import type { TotalDifference } from './check-queries.ts'

export type { TotalDifference } from './check-queries.ts'

/**
 * Proves that the totals are the fold of the events, at this very moment, whatever is being received: answers the totals that
 * are not (at most `limit`, 100), so nothing means proven. Reads every event of the chosen workspaces, or of all; of dissolved ones the
 * events were deleted, and nothing is left to hold their days against.
 */
export async function checkTotals(
  ctx: Ctx,
  input: { workspaceIds?: readonly string[]; limit?: number } = {},
): Promise<TotalDifference[]> {
  return selectDifferences(ctx.db, input.workspaceIds ?? null, input.limit ?? 100)
}
