import type { WorkspaceId } from '../contract/ids.ts'
import { inTransaction } from '../server/context.ts'
import type { Ctx } from '../server/context.ts'
import { correctUsage } from '../server/metering/correct-usage.ts'
import { eventKey } from '../server/metering/event-key.ts'
import { foldTotals } from '../server/metering/fold-totals.ts'
import { numberSources, numberWorkspace } from '../server/metering/queries.ts'
import { getWorkspace } from '../server/workspaces/find-workspace.ts'

/** Takes back usage that `someUsage` stored under an id of its own, and counts. */
export async function voidUsage(ctx: Ctx, list: readonly { workspaceId: WorkspaceId; id: string }[]): Promise<void> {
  for (const { workspaceId, id } of list) {
    const { site } = await getWorkspace(ctx, workspaceId)
    const { number } = await numberWorkspace(ctx.db, workspaceId, site)
    const sources = await numberSources(ctx.db, workspaceId, ['test'])
    const answer = await inTransaction(ctx, (tx) =>
      correctUsage(tx, {
        key: eventKey(workspaceId, 'test', `void-${id}`),
        target: eventKey(workspaceId, 'test', id),
        workspace: number,
        source: sources.get('test') ?? 0,
        eventId: `void-${id}`,
        occurredMs: ctx.now().getTime(),
        replacement: null,
      }),
    )
    if (answer !== 'inserted') throw new Error(`${id} was not taken back: ${answer}`)
  }
  await foldTotals(ctx)
}
