import { z } from 'zod'
import { task } from './jobs/task.ts'
import type { TimedTask } from './jobs/task.ts'

/** Windows of counters older than a day are of no use to anybody. */
const forgetOldLimits = task('platform.forget-old-limits', z.unknown(), async (ctx) => {
  const dayAgo = new Date(ctx.now().getTime() - 86_400_000)
  await ctx.db.deleteFrom('rate_limits').where('window_start', '<', dayAgo).execute()
})

export const platformTimedTasks: readonly TimedTask[] = [{ task: forgetOldLimits, crontab: '17 * * * *' }]
