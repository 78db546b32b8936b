import type { Selectable } from 'kysely'
import type { InstanceId, WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { findLivingWorkspace } from '../workspaces/find-workspace.ts'
import type { WorkspacesTable } from '../workspaces/tables.ts'
import { selectSettledWorkspaces } from './queries.ts'

export type SettledWorkspace = Selectable<WorkspacesTable>

/** Workspaces an instance settles; without an instance, the one workspace that was named instead. */
export async function settledBy(
  ctx: Ctx,
  input: { instanceId: InstanceId | null; workspaceId: WorkspaceId | null },
): Promise<SettledWorkspace[]> {
  if (input.instanceId) return selectSettledWorkspaces(ctx.db, [input.instanceId])
  const named = input.workspaceId ? await findLivingWorkspace(ctx, input.workspaceId) : null
  return named ? [named] : []
}
