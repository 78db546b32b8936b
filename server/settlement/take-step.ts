import type { TxCtx } from '../context.ts'
import type { EventKind } from '../events.ts'
import { record } from '../platform/record.ts'
import { afterStep, endStates } from './push-states.ts'
import type { PushState } from '../../contract/settlement.ts'
import type { PushStep } from './push-states.ts'
import { updateRecord } from './queries.ts'
import { askForRound } from './round-job.ts'
import type { RecordChange, UsageRecordRow } from './queries.ts'

const eventOf: Partial<Record<PushState, EventKind>> = {
  ACCEPTED: 'push.accepted',
  DUPLICATE: 'push.duplicate',
  REJECTED: 'push.rejected',
  UNKNOWN: 'push.unknown',
  EXPIRED: 'push.expired',
}

/**
 * Takes one step of the machine with a record the caller has locked, and tells it. Null, with nothing written, where the step is
 * not allowed in the record's state: somebody else was first.
 */
export async function takeStep(
  ctx: TxCtx,
  row: UsageRecordRow,
  step: PushStep,
  change: Omit<RecordChange, 'state' | 'endedAt'> = {},
): Promise<PushState | null> {
  const state = afterStep(row.state, step)
  if (state === null) return null
  const ended = endStates.includes(state)
  const taken = await updateRecord(ctx.db, row.id, step, { ...change, state, ...(ended && { endedAt: ctx.now() }) })
  if (!taken) return null
  // Whatever waits from now on is looked at when its time has come.
  if (state === 'SEALED') await askForRound(ctx, change.sendAfter ?? row.send_after)
  const kind = eventOf[state]
  if (kind) {
    await record(ctx, {
      kind,
      about: { usageRecordId: row.id, instanceId: row.instance_id },
      detail: {
        units: row.units ?? change.sealed?.units ?? null,
        dimension: row.dimension,
        periodFrom: row.period_from.toISOString(),
        code: change.code ?? row.code,
      },
    })
  }
  return state
}
