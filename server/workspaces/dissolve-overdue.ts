import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { recordAll } from '../platform/record.ts'
import { dissolveDueWorkspaces } from './queries.ts'

const atOnce = 100

/**
 * Dissolves every locked workspace whose 30 days are over and whose people were told. For good: nothing opens it again. What it used is
 * deleted afterwards, by metering, which can take long; who pays it stays known, for its bills.
 */
export async function dissolveOverdue(ctx: Ctx): Promise<void> {
  while ((await inTransaction(ctx, dissolveSome)) === atOnce) {
    // A commit each, so that somebody who pays meanwhile is not kept waiting.
  }
}

async function dissolveSome(tx: TxCtx): Promise<number> {
  const dissolved = await dissolveDueWorkspaces(tx.db, tx.now(), atOnce)
  await recordAll(
    tx,
    dissolved.map((workspaceId) => ({ kind: 'workspace.dissolved', about: { workspaceId } })),
  )
  return dissolved.length
}
