import { z } from 'zod'
import { idOf } from '../../contract/ids.ts'
import { task } from '../platform/jobs/task.ts'
import type { Task, TimedTask } from '../platform/jobs/task.ts'
import { readEvent } from '../platform/read-event.ts'
import { collect } from './collect.ts'
import { finalPush } from './final-push.ts'
import { gatherBill, gatherBills } from './gather-bills.ts'
import { gatherUsage } from './gather-usage.ts'
import { reconcileDue } from './reconcile-due.ts'
import { roundJob } from './round-job.ts'
import { runSettlement } from './run-settlement.ts'
import { settleBills } from './settle-bills.ts'

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

const billEvent = z.object({ billId: idOf('dailyBill') })

/** Woken by bill.issued. */
export const gatherBillTask = task(
  'settlement.gather-bill',
  z.object({ eventId: idOf('event') }),
  async (ctx, { eventId }) => {
    const event = await readEvent(ctx, eventId)
    await gatherBill(ctx, billEvent.parse(event.about).billId)
  },
)

const recordEvent = z.object({ usageRecordId: idOf('usageRecord') })

/** Woken by push.accepted and push.duplicate. */
export const collectTask = task(
  'settlement.collect',
  z.object({ eventId: idOf('event') }),
  async (ctx, { eventId }) => {
    const event = await readEvent(ctx, eventId)
    await collect(ctx, recordEvent.parse(event.about).usageRecordId)
  },
)

const runTask = task('settlement.run', z.unknown(), async (ctx) => {
  await runSettlement(ctx)
})

/** Asked for at the very moment something falls due. */
const roundTask = task(roundJob, z.unknown(), async (ctx) => {
  await runSettlement(ctx)
})

/** Late usage and corrections, and bills not taken up: of three days every hour, of five weeks every night. */
const gatherLateTask = task('settlement.gather-late', z.unknown(), async (ctx) => {
  await gatherUsage(ctx, { hoursBack: 72 })
  await gatherBills(ctx)
})
const gatherOldTask = task('settlement.gather-old', z.unknown(), (ctx) => gatherUsage(ctx, { hoursBack: 35 * 24 }))

/** Apart from the rounds: no deadline waits for it. */
const settleBillsTask = task('settlement.settle-bills', z.unknown(), async (ctx) => {
  await settleBills(ctx)
})

const reconcileTask = task('settlement.reconcile', z.unknown(), async (ctx) => {
  await reconcileDue(ctx)
})

export const settlementTasks: readonly Task[] = [finalPushTask, gatherBillTask, collectTask, roundTask]

/** Every minute: an instance has its turn once in 60 seconds, and an hourly report has 59 minutes in all. */
export const settlementTimedTasks: readonly TimedTask[] = [
  { task: runTask, crontab: '* * * * *' },
  { task: gatherLateTask, crontab: '7 * * * *' },
  { task: gatherOldTask, crontab: '37 19 * * *' },
  { task: settleBillsTask, crontab: '*/10 * * * *' },
  { task: reconcileTask, crontab: '17 * * * *' },
]
