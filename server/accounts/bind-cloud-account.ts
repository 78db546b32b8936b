import type { BillingAccountId, CloudAccountId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { selectCloudAccount, updateCloudAccountHolder } from './queries.ts'

/**
 * Gives a cloud account to a Billing Center account, for good; again changes nothing.
 * Throws `cloud_account_bound_elsewhere` where another account holds it, `not_found` where there is none.
 */
export async function bindCloudAccount(
  ctx: TxCtx,
  input: { cloudAccountId: CloudAccountId; billingAccountId: BillingAccountId },
): Promise<void> {
  const bound = await updateCloudAccountHolder(ctx.db, input.cloudAccountId, {
    billingAccountId: input.billingAccountId,
    at: ctx.now(),
  })
  if (!bound) return refuseOther(ctx, input)
  await record(ctx, {
    kind: 'cloud_account.bound',
    about: { cloudAccountId: input.cloudAccountId, billingAccountId: input.billingAccountId },
  })
}

async function refuseOther(
  ctx: TxCtx,
  input: { cloudAccountId: CloudAccountId; billingAccountId: BillingAccountId },
): Promise<void> {
  const row = await selectCloudAccount(ctx.db, input.cloudAccountId)
  if (!row) throw new Problem('not_found')
  if (row.billing_account_id !== input.billingAccountId) throw new Problem('cloud_account_bound_elsewhere')
}
