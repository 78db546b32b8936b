import { billsTimedTasks } from './bills/tasks.ts'
import { bindingsTasks, followInstanceTask } from './bindings/tasks.ts'
import type { Services } from './context.ts'
import { identityTimedTasks } from './identity/tasks.ts'
import { marketplacesTasks, marketplacesTimedTasks } from './marketplaces/tasks.ts'
import { meteringTimedTasks } from './metering/tasks.ts'
import {
  notificationsTasks,
  tellActivatedTask,
  tellCountdownOverTask,
  tellCountdownTask,
  tellDissolutionNearTask,
  tellLockedTask,
} from './notifications/tasks.ts'
import type { Task, TimedTask } from './platform/jobs/task.ts'
import { platformTimedTasks } from './platform/tasks.ts'
import {
  collectTask,
  finalPushTask,
  gatherBillTask,
  settlementTasks,
  settlementTimedTasks,
} from './settlement/tasks.ts'
import { workspacesTimedTasks } from './workspaces/tasks.ts'

/** Every background task. */
export const tasks: readonly Task[] = [
  ...marketplacesTasks,
  ...bindingsTasks,
  ...settlementTasks,
  ...notificationsTasks,
]

/** Tasks woken by the clock. */
export const timedTasks: readonly TimedTask[] = [
  ...platformTimedTasks,
  ...identityTimedTasks,
  ...workspacesTimedTasks,
  ...marketplacesTimedTasks,
  ...meteringTimedTasks,
  ...billsTimedTasks,
  ...settlementTimedTasks,
]

/** Which tasks follow from which events; rooms to the right hear news from rooms to their left only this way. */
export const subscriptions: Services['subscriptions'] = {
  'instance.suspended': [followInstanceTask.name],
  'instance.restored': [followInstanceTask.name],
  'instance.released': [followInstanceTask.name, finalPushTask.name],
  'bill.issued': [gatherBillTask.name],
  'push.accepted': [collectTask.name],
  'push.duplicate': [collectTask.name],
  'workspace.countdown_started': [tellCountdownTask.name],
  'workspace.countdown_ended': [tellCountdownOverTask.name],
  'workspace.locked': [tellLockedTask.name],
  'workspace.dissolution_near': [tellDissolutionNearTask.name],
  'activation.confirmed': [tellActivatedTask.name],
}
