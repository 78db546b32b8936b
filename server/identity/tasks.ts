import { z } from 'zod'
import { task } from '../platform/jobs/task.ts'
import type { TimedTask } from '../platform/jobs/task.ts'
import { deleteCodesBefore, deleteSessionsExpiredBefore } from './queries.ts'

/** Codes count for an hour at most, and sessions that are over are of use only to somebody asking where they were signed in. */
const forgetOldProofs = task('identity.forget-old-proofs', z.unknown(), async (ctx) => {
  const daysAgo = (days: number) => new Date(ctx.now().getTime() - days * 86_400_000)
  await deleteCodesBefore(ctx.db, daysAgo(1))
  await deleteSessionsExpiredBefore(ctx.db, daysAgo(90))
})

export const identityTimedTasks: readonly TimedTask[] = [{ task: forgetOldProofs, crontab: '41 * * * *' }]
