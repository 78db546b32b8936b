import { z } from 'zod'
import { idOf } from '../../contract/ids.ts'
import { task } from '../platform/jobs/task.ts'
import type { Task, TimedTask } from '../platform/jobs/task.ts'
import { readEvent } from '../platform/read-event.ts'
import { finalPush } from './final-push.ts'
import { reconcileDue } from './reconcile-due.ts'
import { runSettlement } from './run-settlement.ts'

const instanceEvent = z.object({ instanceId: idOf('instance') })

/** Woken by instance.released. */
export const finalPushTask = task(
  'settlement.final-push',
  z.object({ eventId: idOf('event') }),
  async (ctx, { eventId }) => {
    const event = await readEvent(ctx, eventId)
    await finalPush(ctx, instanceEvent.parse(event.about).instanceId)
    await runSettlement(ctx)
  },
)

const runTask = task('settlement.run', z.unknown(), async (ctx) => {
  await runSettlement(ctx)
})

const reconcileTask = task('settlement.reconcile', z.unknown(), async (ctx) => {
  await reconcileDue(ctx)
})

export const settlementTasks: readonly Task[] = [finalPushTask]

/** Every minute: an instance has its turn once in 60 seconds, and an hourly report has 59 minutes in all. */
export const settlementTimedTasks: readonly TimedTask[] = [
  { task: runTask, crontab: '* * * * *' },
  { task: reconcileTask, crontab: '17 * * * *' },
]
