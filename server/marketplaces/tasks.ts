import { z } from 'zod'
import { idOf } from '../../contract/ids.ts'
import type { Config } from '../config.ts'
import { task } from '../platform/jobs/task.ts'
import type { Task, TimedTask } from '../platform/jobs/task.ts'
import { confirmInstanceJob } from './confirm-instance-job.ts'
import { confirmInstance } from './confirm-instance.ts'
import type { MarketplaceConnector } from './connector.ts'
import { connectorOf } from './connector-of.ts'
import { deleteHandOffsBefore, deleteRejectedBefore } from './queries.ts'
import { readInstance } from './read-instance.ts'

const dayMilliseconds = 86_400_000
/** A hand-off is good for minutes; a day of remembering it is plenty. */
const handOffDaysKept = 1
const rejectedDaysKept = 30

/** The job that asks the marketplace; `connectorFor` is the way to it, another one in tests. */
export function confirmInstanceTask(
  connectorFor: (config: Config, marketplace: string) => MarketplaceConnector | null,
): Task {
  return task(confirmInstanceJob, z.object({ instanceId: idOf('instance') }), async (ctx, { instanceId }) => {
    const { marketplace } = await readInstance(ctx, instanceId)
    await confirmInstance(ctx, connectorFor(ctx.services.config, marketplace), instanceId)
  })
}

const forgetOldMessages = task('marketplaces.forget-old-messages', z.unknown(), async (ctx) => {
  const daysAgo = (days: number) => new Date(ctx.now().getTime() - days * dayMilliseconds)
  await deleteHandOffsBefore(ctx.db, daysAgo(handOffDaysKept))
  await deleteRejectedBefore(ctx.db, daysAgo(rejectedDaysKept))
})

export const marketplacesTasks: readonly Task[] = [confirmInstanceTask(connectorOf)]

export const marketplacesTimedTasks: readonly TimedTask[] = [{ task: forgetOldMessages, crontab: '41 * * * *' }]
