import { newId } from '../../contract/ids.ts'
import type { Id } from '../../contract/ids.ts'
import type { TxCtx } from '../context.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { missingFrom } from './carry.ts'
import type { Metered } from './metered.ts'
import type { Dimension } from './metering-map.ts'
import { sealsAt, sendBeforeDeadlineSeconds, timingOf } from './periods.ts'
import type { Period } from './periods.ts'
import { addContribution, insertRecord, lockCarry, selectContributed, selectRecordsWithin } from './queries.ts'
import { askForRound } from './round-job.ts'
import type { Series } from './queries.ts'

export interface Contribution {
  instance: InstanceRow
  metered: Metered
  dimension: Dimension
  /** What it comes from, the same text each time it is read: `bill/bill_…`, `usage/wksp_…/2026-03-10T02:00:00.000Z`. */
  source: string
  /** All the source has, as known now, in the measured unit; may be less than last time, and below zero. */
  total: string
  /** An instant of the period it belongs to. */
  at: Date
}

/**
 * Puts what a source has into the records of its instance, in the caller's transaction: only what it has more or less than it
 * contributed before, so reading a source again changes nothing. It goes to the period it belongs to while that gathers; after that
 * into the running period, for a sealed record never changes: late usage and voided usage are made good there, nothing is dropped.
 */
export async function contribute(ctx: TxCtx, contribution: Contribution): Promise<void> {
  const { instance, dimension, source } = contribution
  const series: Series = { instanceId: instance.id, dimension: dimension.dimension, item: dimension.item }
  const now = ctx.now()
  await lockCarry(ctx.db, series, now)
  const quantity = missingFrom(contribution.total, await selectContributed(ctx.db, series, source))
  if (quantity === '0') return
  const recordId = await openRecordFor(ctx, series, contribution)
  await addContribution(ctx.db, { ...series, recordId, source, quantity, now })
}

/** The open record of the period itself, of the running one where that is over, or of a later one where both are sealed. */
async function openRecordFor(ctx: TxCtx, series: Series, contribution: Contribution): Promise<Id<'usageRecord'>> {
  const { product, connector } = contribution.metered
  const { granularity, now } = { granularity: product.billing, now: ctx.now() }
  const own = connector.meterPeriod(contribution.at, granularity)
  const running = connector.meterPeriod(now, granularity)
  const ownDeadline = connector.meterDeadline(own.from, granularity)
  const inTime = now.getTime() < ownDeadline.getTime() - sendBeforeDeadlineSeconds * 1000
  let period = inTime && own.from <= running.from ? own : running
  for (;;) {
    const records = await selectRecordsWithin(ctx.db, series, period)
    const open = records.find((record) => record.state === 'OPEN')
    if (open) return open.id
    const free = freeInterval(period, records, connector.meterRules.intervalLongerThanSeconds)
    if (free) return openRecord(ctx, contribution, free)
    // Nothing of this period is left to report on: the next one takes it.
    period = period.from < running.from ? running : connector.meterPeriod(period.until, granularity)
  }
}

/** What of a period no record covers yet, where the marketplace would take an interval so short. */
function freeInterval(
  period: Period,
  records: readonly { period_until: Date }[],
  longerThanSeconds: number,
): Period | null {
  const from = records.at(-1)?.period_until ?? period.from
  return period.until.getTime() - from.getTime() > longerThanSeconds * 1000 ? { from, until: period.until } : null
}

async function openRecord(ctx: TxCtx, contribution: Contribution, period: Period): Promise<Id<'usageRecord'>> {
  const { instance, dimension, metered } = contribution
  const { product, connector } = metered
  const id = newId('usageRecord')
  const now = ctx.now()
  const sealAt = sealsAt(period, timingOf(product))
  await insertRecord(ctx.db, {
    id,
    instance_id: instance.id,
    marketplace: instance.marketplace,
    product_code: instance.product_code,
    granularity: product.billing,
    dimension: dimension.dimension,
    item: dimension.item,
    meter: dimension.of.kind === 'meter' ? dimension.of.meter : null,
    currency: dimension.of.kind === 'amount' ? dimension.of.currency : null,
    unit: dimension.unit,
    period_from: period.from,
    period_until: period.until,
    deadline: connector.meterDeadline(period.from, product.billing),
    seal_at: sealAt,
    send_after: now,
    opened_at: now,
  })
  await askForRound(ctx, sealAt)
  return id
}
