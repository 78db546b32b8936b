import type { WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { selectWorkspacesWithUsage } from './queries.ts'

/** Workspaces of a site with any usage on one of its days, in order of their ids, those after `after`. At most `limit`. */
export async function workspacesWithUsage(
  ctx: Ctx,
  input: { site: string; day: string; after?: string; limit: number },
): Promise<WorkspaceId[]> {
  return selectWorkspacesWithUsage(ctx.db, input.site, input.day, input.after ?? '', input.limit)
}
