import { setTimeout as pause } from 'node:timers/promises'
import { usageLimits } from '../../contract/metering.ts'
import type { UsageAnswer } from '../../contract/metering.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { acceptUsage } from './accept-usage.ts'
import type { Reporter } from './accept-usage.ts'

/** No more than corrections in one call, so that a stream may hold any number of them. */
const eventsAtOnce = usageLimits.correctionsPerCall
/** A stream waits for room where a call would be told to come again; this long at most. */
const patience = { forMs: 30_000, betweenMs: 100 }

/**
 * Takes the events of a stream in groups, in their order: the next is read once the one before is committed, so a sender goes as fast
 * as is stored. What is committed stays when the stream breaks; sent again, it counts once. Throws `usage_busy` when no room
 * comes free for half a minute.
 */
export async function acceptUsageStream(
  ctx: Ctx,
  reporter: Reporter,
  events: AsyncIterable<unknown>,
): Promise<UsageAnswer> {
  const answer: UsageAnswer = { inserted: 0, duplicates: 0, rejected: [] }
  let refused = 0
  let taken = 0
  const take = async (group: readonly unknown[]) => {
    const { inserted, duplicates, rejected } = await acceptPatiently(ctx, reporter, group)
    answer.inserted += inserted
    answer.duplicates += duplicates
    refused += rejected.length
    const listed = rejected.slice(0, usageLimits.rejectedListed - answer.rejected.length)
    answer.rejected.push(...listed.map((each) => ({ ...each, index: each.index + taken })))
    taken += group.length
  }
  let group: unknown[] = []
  for await (const event of events) {
    group.push(event)
    if (group.length < eventsAtOnce) continue
    await take(group)
    group = []
  }
  if (group.length > 0) await take(group)
  return refused > answer.rejected.length ? { ...answer, rejectedInAll: refused } : answer
}

async function acceptPatiently(ctx: Ctx, reporter: Reporter, group: readonly unknown[]): Promise<UsageAnswer> {
  const until = performance.now() + patience.forMs
  for (;;) {
    try {
      return await acceptUsage(ctx, reporter, group)
    } catch (error) {
      const busy = error instanceof Problem && error.code === 'usage_busy'
      if (!busy || performance.now() > until) throw error
      await pause(patience.betweenMs)
    }
  }
}
