import type { Id } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { postUncollected } from './post-bill-money.ts'
import { postCloudMoney } from './post-cloud-money.ts'
import { lockRecord, updateUncollected } from './queries.ts'

/**
 * Decides what becomes of a refused or expired record, in the caller's transaction: we waive its money, or its payer owes it. The same
 * choice twice changes nothing. Throws `not_found`, and `push_not_uncollected` where there is nothing to decide, or it was decided
 * otherwise.
 */
export async function decideUncollected(
  ctx: TxCtx,
  of: { recordId: Id<'usageRecord'>; choice: 'waived' | 'to_debt' },
): Promise<void> {
  const row = await lockRecord(ctx.db, of.recordId)
  if (!row) throw new Problem('not_found')
  if (row.uncollected === of.choice) return
  if (!(await updateUncollected(ctx.db, row.id, of.choice))) {
    throw new Problem('push_not_uncollected', { state: row.uncollected ?? row.state })
  }
  await postCloudMoney(ctx, row, of.choice === 'waived' ? 'cloud_waiver' : 'cloud_to_debt')
  await postUncollected(ctx, of)
  await record(ctx, {
    kind: 'push.uncollected_decided',
    about: { usageRecordId: row.id, instanceId: row.instance_id },
    detail: { choice: of.choice, units: row.units },
  })
}
