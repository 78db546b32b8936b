import type { WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { selectErased } from './erase-queries.ts'

/**
 * Workspaces among some whose events and hours were deleted because they were dissolved, with since when. Ask after reading hours, not
 * before: hours read of a workspace that is not among these were all there.
 */
export async function erasedSince(ctx: Ctx, workspaceIds: readonly string[]): Promise<ReadonlyMap<WorkspaceId, Date>> {
  if (workspaceIds.length === 0) return new Map()
  const rows = await selectErased(ctx.db, workspaceIds)
  return new Map(rows.map((row) => [row.workspaceId, row.since]))
}
