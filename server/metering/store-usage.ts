import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import type { CorrectionRow } from './correction-queries.ts'
import { correctUsage } from './correct-usage.ts'
import type { Corrected } from './correct-usage.ts'
import { insertEvents } from './event-queries.ts'
import type { EventRow } from './event-queries.ts'

/** One call's events, each with its place in the call. */
export interface UsageToStore {
  events: readonly EventRow[]
  corrections: readonly (CorrectionRow & { index: number })[]
}

export interface StoredUsage {
  inserted: number
  duplicates: number
  /** Corrections that could not be applied, by their place in the call. */
  refused: { index: number; code: Exclude<Corrected, 'inserted' | 'duplicate'> }[]
}

/**
 * Stores several calls in one commit. Calls without corrections, which are nearly all, take a single statement; corrections
 * see the events of all calls stored with them.
 */
export async function storeUsage(ctx: Ctx, calls: readonly UsageToStore[]): Promise<StoredUsage[]> {
  if (calls.every((call) => call.corrections.length === 0)) return storeEvents(ctx, calls)
  return inTransaction(ctx, async (tx) => {
    const stored = await storeEvents(tx, calls)
    for (const [position, call] of calls.entries()) {
      const result = stored[position]
      for (const correction of call.corrections) {
        const outcome = await correctUsage(tx, correction)
        if (!result) continue
        if (outcome === 'inserted') result.inserted += 1
        else if (outcome === 'duplicate') result.duplicates += 1
        else result.refused.push({ index: correction.index, code: outcome })
      }
    }
    return stored
  })
}

async function storeEvents(ctx: Ctx, calls: readonly UsageToStore[]): Promise<StoredUsage[]> {
  const all = calls.length === 1 ? (calls[0]?.events ?? []) : calls.flatMap((call) => call.events)
  const keys = all.length === 0 ? null : await insertEvents(ctx.db, ctx.now(), all)
  return calls.map(({ events }) => {
    const inserted = keys === null ? events.length : countTaken(keys, events)
    return { inserted, duplicates: events.length - inserted, refused: [] }
  })
}

/** How many of the events are the first to bear one of the keys; takes those keys out. */
function countTaken(keys: Set<string>, events: readonly EventRow[]): number {
  return events.reduce((count, event) => count + (keys.delete(event.key) ? 1 : 0), 0)
}
