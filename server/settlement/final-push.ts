import type { InstanceId } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { readInstance } from '../marketplaces/read-instance.ts'
import { gatherInstances } from './gather-usage.ts'
import { hourMilliseconds } from './hours-settled.ts'
import { meteredInstance } from './metered.ts'
import type { ConnectorFor } from './metered.ts'
import { finalPeriod } from './periods.ts'
import { endOpenRecord, selectOpenRecordsOf } from './queries.ts'
import { sealRecord } from './seal-due.ts'

/**
 * Ends the open hour of a released instance at once, so that its last usage goes out inside the hour that is still billed: what is
 * open is cut at the release, sealed, and sent with the next turn. Daily records wait for the day's bills; the marketplace takes them
 * until its deadline, since the day began in service. Doing it twice changes nothing.
 */
export async function finalPush(ctx: Ctx, instanceId: InstanceId, connectorFor?: ConnectorFor): Promise<void> {
  const instance = await readInstance(ctx, instanceId)
  const metered = meteredInstance(ctx, instance, connectorFor)
  if (instance.status !== 'released' || !metered) return
  await gatherInstances(ctx, { instances: [instance], metered, since: hourBefore(instance.status_changed_at) })
  for (const { id, granularity, period_from: from, period_until: until } of await selectOpenRecordsOf(
    ctx.db,
    instanceId,
  )) {
    if (granularity !== 'hourly' || from > instance.status_changed_at) continue
    const { intervalLongerThanSeconds } = metered.connector.meterRules
    const last = finalPeriod({ from, until }, instance.status_changed_at, intervalLongerThanSeconds)
    await inTransaction(ctx, async (tx) => {
      await endOpenRecord(tx.db, id, { until: last.until, sealAt: tx.now() })
      await sealRecord(tx, id, connectorFor)
    })
  }
}

function hourBefore(at: Date): Date {
  return new Date(at.getTime() - hourMilliseconds)
}
