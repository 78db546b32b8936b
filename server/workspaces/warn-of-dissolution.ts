import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { recordAll } from '../platform/record.ts'
import { markDissolutionTold } from './queries.ts'
import { noticeAt } from './standing.ts'

const atOnce = 100

/** Warns, once, of every locked workspace that is dissolved within 7 days. */
export async function warnOfDissolution(ctx: Ctx): Promise<void> {
  while ((await inTransaction(ctx, warnSome)) === atOnce) {
    // A commit each, so that many of them never wait for each other.
  }
}

async function warnSome(tx: TxCtx): Promise<number> {
  const at = tx.now()
  const told = await markDissolutionTold(tx.db, { at, ...noticeAt(at), limit: atOnce })
  await recordAll(
    tx,
    told.map(({ id, dissolvesAt }) => ({
      kind: 'workspace.dissolution_near',
      about: { workspaceId: id },
      detail: { dissolvesAt: dissolvesAt.toISOString() },
    })),
  )
  return told.length
}
