import type { WorkspaceId } from '../contract/ids.ts'
import type { Ctx } from '../server/context.ts'
import { insertEvents } from '../server/metering/event-queries.ts'
import { eventKey } from '../server/metering/event-key.ts'
import { foldTotals } from '../server/metering/fold-totals.ts'
import { numberMeters, numberSources, numberWorkspace } from '../server/metering/queries.ts'
import type { MeterCode } from '../server/metering/meters.ts'
import { siteSettings } from '../server/workspaces/sites.ts'
import { siteDayOf } from '../server/workspaces/site-day.ts'
import { getWorkspace } from '../server/workspaces/find-workspace.ts'

export interface TestUsage {
  workspaceId: WorkspaceId
  meter: MeterCode
  quantity: string
  /** When it was used; now unless told. */
  at?: Date
  /** 0 for meters with one price. */
  retentionDays?: number
  /** For distinct meters. */
  item?: string
  id?: string
}

let counter = 0

/** Stores usage without the HTTP door, and counts it. */
export async function someUsage(ctx: Ctx, list: readonly TestUsage[]): Promise<void> {
  const numbers = await numberMeters(ctx.db)
  const rows = await Promise.all(list.map((usage) => rowOf(ctx, numbers, usage)))
  await insertEvents(ctx.db, ctx.now(), rows)
  await foldTotals(ctx)
}

async function rowOf(ctx: Ctx, numbers: Map<MeterCode, number>, usage: TestUsage) {
  const { site } = await getWorkspace(ctx, usage.workspaceId)
  const at = usage.at ?? ctx.now()
  const id = usage.id ?? `test-${counter++}`
  return {
    key: eventKey(usage.workspaceId, 'test', id),
    occurredMs: at.getTime(),
    workspace: (await numberWorkspace(ctx.db, usage.workspaceId, site)).number,
    day: siteDayOf(at, siteSettings(ctx, site).timeZone),
    source: (await numberSources(ctx.db, usage.workspaceId, ['test'])).get('test') ?? 0,
    meter: numbers.get(usage.meter) ?? 0,
    retention: usage.retentionDays ?? 0,
    quantity: usage.quantity,
    eventId: id,
    item: usage.item ?? '',
  }
}
