import type { WorkspaceId } from '../../contract/ids.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { updateToCountdown } from './queries.ts'
import type { WorkspaceRow } from './queries.ts'
import { countdownEnd } from './standing.ts'

/** Begins the 14 days after which a workspace is locked; nothing changes where one runs already. */
export async function startCountdown(
  ctx: TxCtx,
  workspaceId: WorkspaceId,
  reason: NonNullable<WorkspaceRow['countdown_reason']>,
): Promise<void> {
  const endsAt = countdownEnd(ctx.now())
  const started = await updateToCountdown(ctx.db, workspaceId, { endsAt, reason })
  if (!started) return
  await record(ctx, {
    kind: 'workspace.countdown_started',
    about: { workspaceId },
    detail: { reason, endsAt: endsAt.toISOString() },
  })
}
