import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { record } from '../platform/record.ts'
import { lockOverdueWorkspaces } from './queries.ts'
import { dissolutionOf } from './standing.ts'

/** Locks every workspace whose 14 days are over; what they hold is kept for 30 more. */
export async function lockOverdue(ctx: Ctx): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const dissolvesAt = dissolutionOf(tx.now())
    const locked = await lockOverdueWorkspaces(tx.db, tx.now(), dissolvesAt)
    for (const workspaceId of locked) {
      await record(tx, {
        kind: 'workspace.locked',
        about: { workspaceId },
        detail: { dissolvesAt: dissolvesAt.toISOString() },
      })
    }
  })
}
