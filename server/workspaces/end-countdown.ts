import type { WorkspaceId } from '../../contract/ids.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { updateToActive } from './queries.ts'

/** Makes a workspace in countdown (or locked) active again; nothing changes where it is active. */
export async function endCountdown(ctx: TxCtx, workspaceId: WorkspaceId): Promise<void> {
  const ended = await updateToActive(ctx.db, workspaceId)
  if (ended) await record(ctx, { kind: 'workspace.countdown_ended', about: { workspaceId } })
}
