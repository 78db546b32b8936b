import type { Currency } from '../../contract/money.ts'
import { currency as currencySchema } from '../../contract/money.ts'
import type { Push, ReportedUsage } from '../../contract/settlement.ts'
import { meterCode, meterOf } from '../metering/meters.ts'
import type { PushRow } from './list-queries.ts'
import type { UsageRecordRow } from './queries.ts'

/** A record in the words of the contract, as operators see it. */
export function presentPush(row: PushRow): Push {
  return {
    id: row.id,
    marketplace: row.marketplace,
    productCode: row.product_code,
    instanceId: row.instance_id,
    instanceRef: row.instanceRef,
    dimension: row.dimension,
    item: row.item === '' ? null : row.item,
    measures: measuresOf(row),
    granularity: row.granularity,
    periodFrom: row.period_from.toISOString(),
    periodUntil: row.period_until.toISOString(),
    state: row.state,
    deadline: row.deadline.toISOString(),
    sealAt: row.seal_at.toISOString(),
    sendAfter: row.state === 'SEALED' ? row.send_after.toISOString() : null,
    measured: row.measured,
    sealed: sealedOf(row),
    attempts: row.attempts,
    code: row.code,
    message: row.message,
    endedAt: row.ended_at?.toISOString() ?? null,
    uncollected: row.uncollected,
  }
}

/** A record as its payer sees it. */
export function presentReported(row: UsageRecordRow): ReportedUsage {
  return {
    id: row.id,
    dimension: row.dimension,
    measures: measuresOf(row),
    meterName: meterNameOf(row),
    periodFrom: row.period_from.toISOString(),
    periodUntil: row.period_until.toISOString(),
    state: row.state,
    measured: row.measured,
    units: row.units,
    unit: row.unit,
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}

/** Null for money, and for a meter that is no longer counted. */
function meterNameOf({ meter }: UsageRecordRow): ReportedUsage['meterName'] {
  const known = meterCode.safeParse(meter)
  return known.success ? meterOf(known.data).name : null
}

function measuresOf(row: UsageRecordRow): Push['measures'] {
  if (row.meter !== null) return { of: 'meter', meter: row.meter }
  return { of: 'amount', currency: currencyOf(row) }
}

/** The currency of a record that measures money. */
export function currencyOf(row: UsageRecordRow): Currency {
  return currencySchema.parse(row.currency)
}

function sealedOf(row: UsageRecordRow): Push['sealed'] {
  const { carried_in: carriedIn, unit, units, carried_out: carriedOut, sealed_at: at } = row
  if (carriedIn === null || unit === null || units === null || carriedOut === null || at === null) return null
  return { carriedIn, unit, units, carriedOut, at: at.toISOString() }
}
