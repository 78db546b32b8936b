import { z } from 'zod'
import { task } from '../platform/jobs/task.ts'
import type { TimedTask } from '../platform/jobs/task.ts'
import { eraseDetail } from './erase-detail.ts'
import { forgetItems } from './forget-items.ts'
import { foldTotals } from './fold-totals.ts'

/** Whoever receives usage counts it within a second; this finds what was left by a process that ended in between. */
export const foldTotalsTask = task('metering.fold-totals', z.unknown(), foldTotals)

const eraseDetailTask = task('metering.erase-detail', z.unknown(), eraseDetail)
const forgetItemsTask = task('metering.forget-items', z.unknown(), forgetItems)

export const meteringTimedTasks: readonly TimedTask[] = [
  { task: foldTotalsTask, crontab: '* * * * *' },
  { task: eraseDetailTask, crontab: '*/5 * * * *' },
  { task: forgetItemsTask, crontab: '40 3 * * *' },
]
