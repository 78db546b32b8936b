import { z } from 'zod'
import { task } from '../platform/jobs/task.ts'
import type { TimedTask } from '../platform/jobs/task.ts'
import { lockOverdue } from './lock-overdue.ts'

const lockOverdueTask = task('workspaces.lock-overdue', z.unknown(), lockOverdue)

export const workspacesTimedTasks: readonly TimedTask[] = [{ task: lockOverdueTask, crontab: '*/5 * * * *' }]
