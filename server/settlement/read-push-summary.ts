import type { ResponseOf } from '../../contract/endpoint.ts'
import type { readPushSummary as endpoint } from '../../contract/settlement.ts'
import type { Ctx } from '../context.ts'
import { countByState, countNearDeadline, countStandingDifferences } from './list-queries.ts'
import { pushStates } from '../../contract/settlement.ts'

/** How many reports stand where; every state is listed, those without any too. */
export async function readPushSummary(ctx: Ctx): Promise<ResponseOf<typeof endpoint>> {
  const counts = new Map((await countByState(ctx.db)).map((row) => [row.state, row]))
  return {
    states: pushStates.map((state) => ({
      state,
      count: counts.get(state)?.count ?? 0,
      nextDeadline: counts.get(state)?.nextDeadline?.toISOString() ?? null,
    })),
    nearDeadline: await countNearDeadline(ctx.db, ctx.now()),
    openDifferences: await countStandingDifferences(ctx.db),
  }
}
