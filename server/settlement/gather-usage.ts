import { settledSpans } from '../bindings/settled-spans.ts'
import type { SettledSpan } from '../bindings/settled-spans.ts'
import type { InstanceId, WorkspaceId } from '../../contract/ids.ts'
import { chargedInHours } from '../bills/charged-in-hours.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { listInstancesOfProduct } from '../marketplaces/list-instances-of-product.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { erasedSince } from '../metering/erased-since.ts'
import { foldTotals } from '../metering/fold-totals.ts'
import { usageOfHours } from '../metering/usage-of-hours.ts'
import { sumOfQuantities } from '../rating/decimal.ts'
import { contribute } from './contribute.ts'
import { hourMilliseconds, paysHour } from './hours-settled.ts'
import { meteredProduct } from './metered.ts'
import type { ConnectorFor, Metered } from './metered.ts'
import type { Dimension } from './metering-map.ts'
import { selectContributedSince } from './queries.ts'
import { usageSource, usageSourcePrefix } from './sources.ts'

const instancesAtOnce = 200

/**
 * Puts the hourly usage of products that are reported by meter into their records: what changed in the last `hoursBack` hours, late
 * usage and corrections included. Running it again changes nothing.
 */
export async function gatherUsage(ctx: Ctx, of: { hoursBack: number }, connectorFor?: ConnectorFor): Promise<void> {
  const running = Math.floor(ctx.now().getTime() / hourMilliseconds) * hourMilliseconds
  const since = new Date(running - of.hoursBack * hourMilliseconds)
  let folded = false
  for (const { marketplace, productCode } of ctx.services.config.catalogue.products) {
    const metered = meteredProduct(ctx, { marketplace, productCode }, connectorFor)
    const byMeter = metered?.dimensions.filter((each) => each.of.kind === 'meter') ?? []
    if (!metered || byMeter.length === 0) continue
    if (!folded) await foldTotals(ctx)
    folded = true
    let after = ''
    for (;;) {
      const page = { marketplace, productCode, closedAfter: since, after, limit: instancesAtOnce }
      const instances = await listInstancesOfProduct(ctx, page)
      await gatherInstances(ctx, { instances, metered, since })
      if (instances.length < instancesAtOnce) break
      after = instances.at(-1)?.id ?? ''
    }
  }
}

interface Gathering {
  instances: readonly InstanceRow[]
  metered: Metered
  since: Date
}

/** A source with what it has now, in one dimension of one instance. */
interface SourceTotal {
  instanceId: InstanceId
  dimension: Dimension
  source: string
  hour: Date
  total: string
}

/** The hours of some instances of one product: only sources that have other than what they contributed are written. */
export async function gatherInstances(ctx: Ctx, of: Gathering): Promise<void> {
  const { metered, since } = of
  const instanceIds = of.instances.map((instance) => instance.id)
  const spans = await settledSpans(ctx, instanceIds)
  const totals = await hourTotals(ctx, of, spans)
  const contributed = await selectContributedSince(ctx.db, { instanceIds, prefix: usageSourcePrefix, since })
  // Hours of a dissolved workspace are deleted: nothing of what was reported is taken back. Asked after reading them.
  const erased = await erasedSince(
    ctx,
    spans.map((span) => span.workspaceId),
  )
  const stands = ({ source }: { source: string }) => !erased.has(workspaceOf(source))
  const known = new Map(contributed.map((each) => [nameOf(each), each.quantity]))
  const now = new Set(totals.map(nameOfTotal))
  const changed = [
    ...totals.filter(stands).filter((each) => !same(known.get(nameOfTotal(each)), each.total)),
    ...contributed
      .filter(stands)
      .filter((each) => !now.has(nameOf(each)) && !same(each.quantity, '0'))
      .flatMap((each) => takenBack(metered, each, since)),
  ]
  for (const { instanceId, dimension, source, hour, total } of changed) {
    const instance = of.instances.find((each) => each.id === instanceId)
    if (!instance) continue
    await inTransaction(ctx, (tx) => contribute(tx, { instance, metered, dimension, source, total, at: hour }))
  }
}

async function hourTotals(ctx: Ctx, of: Gathering, spans: readonly SettledSpan[]): Promise<SourceTotal[]> {
  const workspaceIds = [...new Set(spans.map((span) => span.workspaceId))]
  if (workspaceIds.length === 0) return []
  const to = new Date(ctx.now().getTime() + 1)
  const rows = await usageOfHours(ctx, { workspaceIds, from: of.since, to })
  const isCharged = await chargedInHours(ctx, workspaceIds)
  const spansOf = new Map(workspaceIds.map((id) => [id, spans.filter((span) => span.workspaceId === id)]))
  const groups = new Map<string, SourceTotal>()
  for (const row of rows.filter(isCharged)) {
    const instanceId = spansOf.get(row.workspaceId)?.find((span) => paysHour(span, row.hour))?.instanceId
    if (!instanceId) continue
    for (const dimension of of.metered.dimensions) {
      if (dimension.of.kind !== 'meter' || dimension.of.meter !== row.meter) continue
      const source = usageSource(row.workspaceId, row.hour)
      const found = { instanceId, dimension, source, hour: row.hour }
      const name = nameOfTotal({ ...found, total: '0' })
      groups.set(name, { ...found, total: sumOfQuantities([groups.get(name)?.total ?? '0', row.quantity]) })
    }
  }
  return [...groups.values()]
}

/** Usage that is gone since it was contributed: voided, or the hour is somebody else's now. */
function takenBack(
  metered: Metered,
  gone: { instanceId: InstanceId; source: string; dimension: string; item: string },
  since: Date,
): SourceTotal[] {
  const dimension = metered.dimensions.find((each) => each.dimension === gone.dimension && each.item === gone.item)
  const hour = new Date(gone.source.split('/').at(-1) ?? '')
  // Older hours were not looked at: nothing is known of them here.
  return dimension && hour >= since
    ? [{ instanceId: gone.instanceId, dimension, source: gone.source, hour, total: '0' }]
    : []
}

function workspaceOf(source: string): WorkspaceId {
  return (source.slice(usageSourcePrefix.length).split('/')[0] ?? '') as WorkspaceId
}

function nameOf(of: { instanceId: InstanceId; dimension: string; item: string; source: string }): string {
  return JSON.stringify([of.instanceId, of.dimension, of.item, of.source])
}

function nameOfTotal({ instanceId, dimension, source }: SourceTotal): string {
  return nameOf({ instanceId, dimension: dimension.dimension, item: dimension.item, source })
}

function same(a: string | undefined, b: string): boolean {
  return a !== undefined && sumOfQuantities([a]) === sumOfQuantities([b])
}
