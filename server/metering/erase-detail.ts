import type { WorkspaceId } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { workingKeysMax } from './create-api-key.ts'
import {
  deleteEvents,
  deleteHoursAndItems,
  lockErasure,
  markErased,
  markErasing,
  selectToErase,
} from './erase-queries.ts'
import { forgetApiKey } from './find-api-key.ts'
import { lockFold } from './fold-queries.ts'
import { foldTotals } from './fold-totals.ts'
import { selectWorkingKeys } from './key-queries.ts'
import { numberWorkspace } from './queries.ts'
import { revokeApiKey } from './revoke-api-key.ts'

/** Rows deleted in one commit, so that nothing else waits for long. */
const rowsAtOnce = 10_000
const workspacesAtOnce = 20

/**
 * Deletes what dissolved workspaces reported: keys end, events with their corrections, hours and items go, in steps of a commit each. May
 * be killed anywhere: the next run goes on where this one was. Days stay as they are, with what they held when they were closed, and so
 * do marks of late days: bills are computed from those alone, today and again. Nothing can change them any more, since a dissolved
 * workspace takes neither usage nor corrections; that is also why no event of it can ever be counted a second time.
 */
export async function eraseDetail(ctx: Ctx): Promise<void> {
  for (;;) {
    const waiting = await selectToErase(ctx.db, workspacesAtOnce)
    if (waiting.length === 0) return
    // What was acknowledged before they were locked is in the days before its events go.
    await foldTotals(ctx)
    let finished = 0
    for (const { id, site } of waiting) finished += await eraseWorkspace(ctx, id, site)
    if (finished === 0) return
  }
}

/** 1 when the workspace's detail is gone; 0 when another process is at it. */
async function eraseWorkspace(ctx: Ctx, workspaceId: WorkspaceId, site: string): Promise<number> {
  await endKeys(ctx, workspaceId)
  const { number } = await numberWorkspace(ctx.db, workspaceId, site)
  await markErasing(ctx.db, number, ctx.now())
  for (;;) {
    const deleted = await inTransaction(ctx, (tx) => eraseSome(tx, number, workspaceId))
    if (deleted === 'held') return 0
    if (deleted === 'gone') return 1
  }
}

async function eraseSome(tx: TxCtx, number: number, workspaceId: WorkspaceId): Promise<'some' | 'gone' | 'held'> {
  if (!(await lockErasure(tx.db, number))) return 'held'
  if ((await deleteEvents(tx.db, number, rowsAtOnce)) > 0) return 'some'
  // Items are also deleted by `forgetItems`, under this lock.
  await lockFold(tx.db)
  if ((await deleteHoursAndItems(tx.db, number, rowsAtOnce)) > 0) return 'some'
  await markErased(tx.db, number, workspaceId, tx.now())
  await record(tx, { kind: 'workspace.detail_deleted', about: { workspaceId } })
  return 'gone'
}

async function endKeys(ctx: Ctx, workspaceId: WorkspaceId): Promise<void> {
  const ended = await inTransaction(ctx, async (tx) => {
    const keys = await selectWorkingKeys(tx.db, workspaceId, tx.now(), null, workingKeysMax)
    for (const key of keys) await revokeApiKey(tx, { workspaceId, apiKeyId: key.id })
    return keys
  })
  for (const key of ended) forgetApiKey(ctx.services, key.id)
}
