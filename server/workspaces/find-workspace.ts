import type { ConsoleAccountId, WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { selectOwners, selectWorkspace } from './queries.ts'
import type { WorkspaceRow } from './queries.ts'

export type { WorkspaceRow } from './queries.ts'

/** A workspace by id, or null; the caller has already decided who may see it. */
export async function findWorkspace(ctx: Ctx, id: WorkspaceId): Promise<WorkspaceRow | null> {
  return (await selectWorkspace(ctx.db, id)) ?? null
}

/** A workspace by id; throws `not_found`. */
export async function getWorkspace(ctx: Ctx, id: WorkspaceId): Promise<WorkspaceRow> {
  const row = await selectWorkspace(ctx.db, id)
  if (!row) throw new Problem('not_found')
  return row
}

/** Console accounts that own the workspace (exactly one). */
export async function ownersOf(ctx: Ctx, id: WorkspaceId): Promise<ConsoleAccountId[]> {
  return selectOwners(ctx.db, id)
}
