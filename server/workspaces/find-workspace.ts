import type { ConsoleAccountId, WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { selectOwners, selectWorkspace } from './queries.ts'
import type { WorkspaceRow } from './queries.ts'

export type { WorkspaceRow } from './queries.ts'

/** A workspace by id that is not dissolved, or null; the caller has already decided who may see it. */
export async function findLivingWorkspace(ctx: Ctx, id: WorkspaceId): Promise<WorkspaceRow | null> {
  const row = await selectWorkspace(ctx.db, id)
  return row && row.standing !== 'dissolved' ? row : null
}

/** A workspace by id, also a dissolved one: what it was and who paid it can be read for ever. Throws `not_found`. */
export async function getWorkspace(ctx: Ctx, id: WorkspaceId): Promise<WorkspaceRow> {
  const row = await selectWorkspace(ctx.db, id)
  if (!row) throw new Problem('not_found')
  return row
}

/** Console accounts that own the workspace (exactly one). */
export async function ownersOf(ctx: Ctx, id: WorkspaceId): Promise<ConsoleAccountId[]> {
  return selectOwners(ctx.db, id)
}
