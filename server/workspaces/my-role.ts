import type { ConsoleAccountId, WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { selectRole } from './queries.ts'

/** The account's role in a workspace; null for a stranger. */
export async function roleIn(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  accountId: ConsoleAccountId,
): Promise<'owner' | 'member' | null> {
  return (await selectRole(ctx.db, workspaceId, accountId)) ?? null
}
