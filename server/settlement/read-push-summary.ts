import type { ResponseOf } from '../../contract/endpoint.ts'
import type { readPushSummary as endpoint } from '../../contract/settlement.ts'
import type { Ctx } from '../context.ts'
import { countByDeadline, countByState, countNearDeadline, countStandingDifferences } from './list-queries.ts'
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
    deadlines: await readDeadlines(ctx),
  }
}

/** How far ahead deadlines are shown: a day's usage is due within it, reported by the hour or by the day. */
const aheadMs = 48 * 3_600_000
const hourMs = 3_600_000

async function readDeadlines(ctx: Ctx): Promise<ResponseOf<typeof endpoint>['deadlines']> {
  const now = ctx.now().getTime()
  const counted = await countByDeadline(ctx.db, new Date(now + aheadMs))
  // Of the running hour's, some may be past; they end within the minute.
  const isPast = (from: Date) => from.getTime() + hourMs <= now
  const past = counted
    .filter((hour) => isPast(hour.from))
    .reduce((sum, hour) => sum + hour.open + hour.waiting + hour.near, 0)
  const hours = counted.filter((hour) => !isPast(hour.from))
  return { past, hours: hours.map(({ from, ...counts }) => ({ from: from.toISOString(), ...counts })) }
}
