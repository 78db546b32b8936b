import type { TxCtx } from '../context.ts'
import { enqueue, urgent } from '../platform/jobs/enqueue.ts'

/** The job that does one round of what falls due. */
export const roundJob = 'settlement.round'

const minuteMilliseconds = 60_000

/** Asks for a round at an instant, rounded up to the minute; asked for often, it comes once. */
export async function askForRound(ctx: TxCtx, at: Date): Promise<void> {
  const runAt = new Date(Math.ceil(at.getTime() / minuteMilliseconds) * minuteMilliseconds)
  await enqueue(ctx, roundJob, {}, { jobKey: `${roundJob}:${runAt.toISOString()}`, runAt, priority: urgent })
}
