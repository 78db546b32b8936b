import { sql } from 'kysely'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'

export interface Limit {
  /** How many in one window. */
  max: number
  windowSeconds: number
}

/**
 * Counts one attempt under the key and throws `too_many_requests` when the window is full.
 * Runs outside the caller's transaction, so that a refused attempt still counts.
 */
export async function countAttempt(ctx: Ctx, key: string, limit: Limit): Promise<void> {
  const now = ctx.now()
  const windowMilliseconds = limit.windowSeconds * 1000
  const windowStart = new Date(Math.floor(now.getTime() / windowMilliseconds) * windowMilliseconds)
  const row = await ctx.services.db
    .insertInto('rate_limits')
    .values({ key, window_start: windowStart, count: 1 })
    .onConflict((conflict) => conflict.columns(['key', 'window_start']).doUpdateSet({ count: sql`rate_limits.count + 1` }))
    .returning('count')
    .executeTakeFirstOrThrow()
  if (row.count > limit.max) {
    const seconds = Math.ceil((windowStart.getTime() + windowMilliseconds - now.getTime()) / 1000)
    throw new Problem('too_many_requests', { seconds })
  }
}
