import { z } from 'zod'
import { task } from '../platform/jobs/task.ts'
import type { TimedTask } from '../platform/jobs/task.ts'
import { dissolveOverdue } from './dissolve-overdue.ts'
import { lockOverdue } from './lock-overdue.ts'
import { warnOfDissolution } from './warn-of-dissolution.ts'

const lockOverdueTask = task('workspaces.lock-overdue', z.unknown(), lockOverdue)
const warnOfDissolutionTask = task('workspaces.warn-of-dissolution', z.unknown(), warnOfDissolution)
const dissolveOverdueTask = task('workspaces.dissolve-overdue', z.unknown(), dissolveOverdue)

export const workspacesTimedTasks: readonly TimedTask[] = [
  { task: lockOverdueTask, crontab: '*/5 * * * *' },
  { task: warnOfDissolutionTask, crontab: '*/5 * * * *' },
  { task: dissolveOverdueTask, crontab: '*/5 * * * *' },
]
