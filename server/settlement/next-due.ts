import type { Ctx } from '../context.ts'
import { selectNextDue } from './queries.ts'

/**
 * The next instant at which a report is to be sealed, sent or expired; null when none waits. Whoever moves the sandbox clock stops
 * there, so that no deadline is jumped over.
 */
export async function nextDue(ctx: Ctx): Promise<Date | null> {
  return selectNextDue(ctx.db)
}
