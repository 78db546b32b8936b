import type { Ctx } from '../context.ts'
import { inTransaction } from '../context.ts'
import { instancesByIds } from '../market/queries.ts'
import type { ProductListing } from '../options.ts'
import { ApiError } from './api-error.ts'
import { dimensionOf, isInService, pushDeadline, readMetering } from './metering.ts'
import type { MeteringEntry } from './metering.ts'
import { insertRecord, lockInstances, overlaps, servicePeriods, takeTurns } from './queries.ts'
import type { UnbilledReason } from './queries.ts'

const TURN_MS = 60_000

/**
 * PushMeteringData(Metering): all records or none. `arrivedAt` is when the call counts as received (a fault may make it later than
 * now). Throws ApiError with the documented codes; knobs decide where the page is silent. Source: API page PushMeteringData.
 */
export async function pushMeteringData(
  ctx: Ctx,
  input: { params: Record<string, string>; requestId: string; arrivedAt: Date },
): Promise<Record<string, unknown>> {
  if (!ctx.knobs().whitelisted) throw new ApiError('permission')
  const entries = readMetering(input.params['Metering'])
  const instanceIds = [...new Set(entries.map(({ instanceId }) => instanceId))]
  const product = await productOfAll(ctx, instanceIds)
  // The turn is taken in a commit of its own: a call refused below has used it all the same.
  await inTransaction(ctx, async (tx) => {
    await lockInstances(tx.db, instanceIds)
    const now = tx.clock.now()
    const free = await takeTurns(tx.db, instanceIds, { now, since: new Date(now.getTime() - TURN_MS) })
    if (!free) throw new ApiError('flowControl')
  })
  await inTransaction(ctx, async (tx) => {
    await lockInstances(tx.db, instanceIds)
    const periods = await servicePeriods(tx.db, instanceIds)
    for (const entry of entries) {
      const { assit } = dimensionOf(entry, product, { assitRequired: tx.knobs().meteringAssitRequired })
      const inService = isInService(
        entry,
        periods.filter(({ instanceId }) => instanceId === entry.instanceId),
      )
      const unbilledBecause = await judge(tx, {
        entry: { ...entry, assit },
        product,
        inService,
        arrivedAt: input.arrivedAt,
      })
      await insertRecord(tx.db, {
        ...entry,
        assit,
        requestId: input.requestId,
        unbilledBecause,
        receivedAt: input.arrivedAt,
      })
    }
  })
  return { Success: true }
}

/** All instances of one call belong to one product, and exist. */
async function productOfAll(ctx: Ctx, instanceIds: readonly string[]): Promise<ProductListing> {
  const instances = await instancesByIds(ctx.db, instanceIds)
  const opened = instances.filter(({ vendorInstanceId }) => vendorInstanceId !== null)
  const [product, ...others] = new Set(opened.map(({ productCode }) => productCode))
  const listing = ctx.options.products.find(({ code }) => code === product)
  if (opened.length !== instanceIds.length || others.length > 0 || !listing) throw new ApiError('instance')
  return listing
}

/** Why an entry will not be billed, or null; throws ApiError where it is refused outright. */
async function judge(
  ctx: Ctx,
  input: { entry: MeteringEntry & { assit: string }; product: ProductListing; inService: boolean; arrivedAt: Date },
): Promise<UnbilledReason | null> {
  const { entry, product, arrivedAt } = input
  const knobs = ctx.knobs()
  if (entry.endAt > arrivedAt && knobs.futureIntervals === 'reject') {
    throw new ApiError('metering', 'EndTime is still to come.')
  }
  if (arrivedAt > pushDeadline(entry.startAt, product.billing)) {
    // "Daily: the push returns an error"; hourly: "will not be billed".
    if (product.billing === 'daily' || knobs.lateHourly === 'reject')
      throw new ApiError('metering', 'It came after the deadline.')
    return 'late'
  }
  if (!input.inService) return 'not_in_service'
  if (knobs.overlap === 'additive') return null
  if (!(await overlaps(ctx.db, entry))) return null
  if (knobs.overlap === 'reject') throw new ApiError('metering', 'It overlaps an interval already pushed.')
  return 'overlap'
}
