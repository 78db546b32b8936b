import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { record } from '../platform/record.ts'
import { lockOverdueWorkspaces } from './queries.ts'

/** Locks every workspace whose 14 days are over. */
export async function lockOverdue(ctx: Ctx): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const locked = await lockOverdueWorkspaces(tx.db, tx.now())
    for (const workspaceId of locked) await record(tx, { kind: 'workspace.locked', about: { workspaceId } })
  })
}
