import { z } from 'zod'
import { task } from '../platform/jobs/task.ts'
import type { TimedTask } from '../platform/jobs/task.ts'
import { closeDueDays } from './close-due-days.ts'
import { expireFunds } from './expire-funds.ts'
import { issueMonthlyBills } from './issue-monthly-bills.ts'

const closeTask = task('bills.close-days', z.unknown(), async (ctx) => {
  await closeDueDays(ctx)
})

const expireTask = task('bills.expire-funds', z.unknown(), async (ctx) => {
  await expireFunds(ctx)
})

const monthlyTask = task('bills.issue-monthly', z.unknown(), async (ctx) => {
  await issueMonthlyBills(ctx)
})

/** Every zone's midnight is on a quarter of an hour; a minute later everything acknowledged before it has come in. */
export const billsTimedTasks: readonly TimedTask[] = [
  { task: closeTask, crontab: '1,16,31,46 * * * *' },
  { task: monthlyTask, crontab: '19 * * * *' },
  { task: expireTask, crontab: '7 * * * *' },
]
