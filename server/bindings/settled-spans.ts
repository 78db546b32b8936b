import type { InstanceId, WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { selectSettlementChangesAround } from './queries.ts'

/** A time during which an instance was what pays a workspace. */
export interface SettledSpan {
  instanceId: InstanceId
  workspaceId: WorkspaceId
  from: Date
  /** Null while it still is. */
  until: Date | null
  /** Nobody paid the workspace before. */
  first: boolean
}

/** All times during which some instances were what pays any workspace, in order of workspaces and time. */
export async function settledSpans(ctx: Ctx, instanceIds: readonly InstanceId[]): Promise<SettledSpan[]> {
  const changes = await selectSettlementChangesAround(ctx.db, instanceIds)
  const wanted = new Set(instanceIds)
  return changes.flatMap((change, index): SettledSpan[] => {
    const instanceId = change.to_instance_id
    if (instanceId === null || !wanted.has(instanceId)) return []
    const next = changes[index + 1]
    const until = next?.workspace_id === change.workspace_id ? next.changed_at : null
    return [
      { instanceId, workspaceId: change.workspace_id, from: change.changed_at, until, first: change.first_binding },
    ]
  })
}
