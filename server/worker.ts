import { bindingsTasks } from './bindings/tasks.ts'
import type { Services } from './context.ts'
import { marketplacesTasks } from './marketplaces/tasks.ts'
import { notificationsTasks } from './notifications/tasks.ts'
import type { Task, TimedTask } from './platform/jobs/task.ts'
import { platformTimedTasks } from './platform/tasks.ts'
import { workspacesTimedTasks } from './workspaces/tasks.ts'

/** Every background task. */
export const tasks: readonly Task[] = [...marketplacesTasks, ...bindingsTasks, ...notificationsTasks]

/** Tasks woken by the clock. */
export const timedTasks: readonly TimedTask[] = [...platformTimedTasks, ...workspacesTimedTasks]

/** Which tasks follow from which events; rooms to the right hear news from rooms to their left only this way. */
export const subscriptions: Services['subscriptions'] = {
  'instance.suspended': ['bindings.follow-instance'],
  'instance.restored': ['bindings.follow-instance'],
  'instance.released': ['bindings.follow-instance'],
  'workspace.countdown_started': ['notifications.tell-countdown'],
  'workspace.countdown_ended': ['notifications.tell-countdown-over'],
  'workspace.locked': ['notifications.tell-locked'],
}
