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
  const windowStart = windowStartOf(ctx, limit)
  const row = await ctx.services.db
    .insertInto('rate_limits')
    .values({ key, window_start: windowStart, count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['key', 'window_start']).doUpdateSet({ count: sql`rate_limits.count + 1` }),
    )
    .returning('count')
    .executeTakeFirstOrThrow()
  if (row.count > limit.max) {
    const seconds = Math.ceil((windowStart.getTime() - ctx.now().getTime()) / 1000) + limit.windowSeconds
    throw new Problem('too_many_requests', { seconds })
  }
}

/** Takes back one attempt counted in the present window: for limits that count failures only. */
export async function forgiveAttempt(ctx: Ctx, key: string, limit: Limit): Promise<void> {
  await ctx.services.db
    .updateTable('rate_limits')
    .set({ count: sql`count - 1` })
    .where('key', '=', key)
    .where('window_start', '=', windowStartOf(ctx, limit))
    .where('count', '>', 0)
    .execute()
}

function windowStartOf(ctx: Ctx, limit: Limit): Date {
  const windowMilliseconds = limit.windowSeconds * 1000
  return new Date(Math.floor(ctx.now().getTime() / windowMilliseconds) * windowMilliseconds)
}
