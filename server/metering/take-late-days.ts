import type { TxCtx } from '../context.ts'
import { deleteLateDays } from './queries.ts'
import type { LateDay } from './queries.ts'

export type { LateDay } from './queries.ts'

/**
 * Takes the closed days whose usage changed since, oldest first, at most `limit` (500): of a site, or of some of its workspaces; days
 * before `before` only, where that is given.
 * They are gone when the caller's transaction commits, so rate them in it, with `usageOfDay({ upTo: 'now' })` asked afterwards:
 * usage that arrives meanwhile waits, and marks its day again.
 */
export async function takeLateDays(
  tx: TxCtx,
  input: { site: string; workspaceIds?: readonly string[]; before?: string; limit?: number },
): Promise<LateDay[]> {
  return deleteLateDays(tx.db, input.site, input.workspaceIds ?? null, input.before ?? null, input.limit ?? 500)
}
