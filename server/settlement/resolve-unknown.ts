import type { Id } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { sendBeforeDeadlineSeconds } from './periods.ts'
import type { PushState } from '../../contract/settlement.ts'
import { lockRecord } from './queries.ts'
import { takeStep } from './take-step.ts'

/** What somebody found out: it was counted; it was not, and is sent again; or it is given up. */
export type Resolution = 'accepted' | 'send_again' | 'rejected'

/**
 * Settles what became of a record whose answer was lost, in the caller's transaction. Sending again is only for who has seen that the
 * marketplace did not count it, and only before the deadline. The same answer twice changes nothing. Throws `not_found`,
 * `push_not_unknown` where it is settled otherwise, `push_deadline_over`.
 */
export async function resolveUnknown(
  ctx: TxCtx,
  of: { recordId: Id<'usageRecord'>; resolution: Resolution; because: string },
): Promise<PushState> {
  const row = await lockRecord(ctx.db, of.recordId)
  if (!row) throw new Problem('not_found')
  if (row.state === endOf[of.resolution]) return row.state
  if (row.state !== 'UNKNOWN') throw new Problem('push_not_unknown', { state: row.state })
  const latest = row.deadline.getTime() - sendBeforeDeadlineSeconds * 1000
  if (of.resolution === 'send_again' && ctx.now().getTime() >= latest) throw new Problem('push_deadline_over')
  const state = await takeStep(ctx, row, stepOf[of.resolution], {
    code: `resolved_${of.resolution}`,
    message: of.because,
  })
  if (state === null) throw new Problem('push_not_unknown', { state: row.state })
  await record(ctx, {
    kind: 'push.resolved',
    about: { usageRecordId: row.id, instanceId: row.instance_id },
    detail: { resolution: of.resolution, because: of.because },
  })
  return state
}

const stepOf = {
  accepted: 'resolve_accepted',
  send_again: 'resolve_not_counted',
  rejected: 'resolve_rejected',
} as const
const endOf = { accepted: 'ACCEPTED', send_again: null, rejected: 'REJECTED' } as const
