import type { Id } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { readInstance } from '../marketplaces/read-instance.ts'
import { takeWholeUnits } from './carry.ts'
import { meteredInstance } from './metered.ts'
import type { ConnectorFor } from './metered.ts'
import { inService } from './in-service.ts'
import { lockCarry, lockRecord, selectRecord, selectToSeal, updateCarry } from './queries.ts'
import { takeStep } from './take-step.ts'

const sealedAtOnce = 200

/**
 * Makes definite every record whose period is over long enough: whole units are cut off, the rest is carried on. Each in a
 * transaction of its own. Returns how many were sealed.
 */
export async function sealDue(ctx: Ctx, connectorFor?: ConnectorFor): Promise<number> {
  let sealed = 0
  for (;;) {
    const due = await selectToSeal(ctx.db, ctx.now(), sealedAtOnce)
    for (const { id } of due) await inTransaction(ctx, (tx) => sealRecord(tx, id, connectorFor))
    sealed += due.length
    if (due.length < sealedAtOnce) return sealed
  }
}

/** Seals one record in the caller's transaction; nothing happens when it is sealed already. */
export async function sealRecord(ctx: TxCtx, id: Id<'usageRecord'>, connectorFor?: ConnectorFor): Promise<void> {
  const named = await selectRecord(ctx.db, id)
  if (named?.state !== 'OPEN') return
  const series = { instanceId: named.instance_id, dimension: named.dimension, item: named.item }
  const now = ctx.now()
  const instance = await readInstance(ctx, named.instance_id)
  // The carry first, as whoever contributes does.
  const carriedIn = await lockCarry(ctx.db, series, now)
  const seen = await lockRecord(ctx.db, id)
  if (seen?.state !== 'OPEN') return
  // A dimension taken from the catalogue meanwhile: its last record is cut by the unit it was opened with.
  const dimension = meteredInstance(ctx, instance, connectorFor)?.dimensions.find(
    (each) => each.dimension === seen.dimension && each.item === seen.item,
  )
  const unit = dimension?.unit ?? seen.unit
  if (unit === null) throw new Error(`Usage record ${id} was opened without a unit.`)
  const { units, carriedOut } = takeWholeUnits({ carriedIn, measured: seen.measured, unit })
  const sealed = { at: now, carriedIn, unit, units, carriedOut }
  await takeStep(ctx, seen, units === '0' ? 'carry' : 'seal', { sealed, sendAfter: later(now, seen.period_until) })
  await updateCarry(ctx.db, series, carriedOut, now)
  if (units === '0' || inService(instance, seen)) return
  const row = await lockRecord(ctx.db, id)
  if (row) await takeStep(ctx, row, 'expire', { code: 'not_in_service' })
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b
}
