import type { WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { selectWorkingKeys } from './key-queries.ts'
import type { ApiKeyRow } from './key-queries.ts'

/** Working keys of a workspace, or of the vendor (null), newest first. */
export async function listApiKeys(
  ctx: Ctx,
  input: { workspaceId: WorkspaceId | null } & PageRequest,
): Promise<Page<ApiKeyRow>> {
  const rows = await selectWorkingKeys(ctx.db, input.workspaceId, ctx.now(), readCursor(input.cursor), input.limit + 1)
  return toPage(rows, input.limit, (row) => ({ at: row.created_at, id: row.id }))
}
