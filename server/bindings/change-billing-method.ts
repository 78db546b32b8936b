import type { BillingAccountId, CloudAccountId, WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { BillingMethodChoice } from '../../contract/workspaces.ts'
import { bindCloudAccount } from '../accounts/bind-cloud-account.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { verifyInstancePair } from '../marketplaces/verify-instance-pair.ts'
import { selectBinding, selectCloudAccountsOf } from './queries.ts'
import { setSettlement } from './set-settlement.ts'

export interface BillingMethodOrder {
  workspaceId: WorkspaceId
  choice: BillingMethodChoice
  /** The payer whose session or ownership authorises this; used where the workspace has no payer yet. */
  billingAccountId: BillingAccountId | null
}

/**
 * Changes what pays a workspace. A typed pair of ids is verified before the transaction, at the marketplace if need be.
 * Throws `billing_account_needed` when nobody pays yet and no Billing Center account is proven here, and the problems of
 * verifyInstancePair, bindCloudAccount and setSettlement.
 */
export async function changeBillingMethod(ctx: Ctx, order: BillingMethodOrder): Promise<void> {
  const payer = (await selectBinding(ctx.db, order.workspaceId))?.billingAccountId ?? order.billingAccountId
  if (!payer) throw new Problem('billing_account_needed')
  const instance = await verifyChoice(ctx, payer, order.choice)
  await inTransaction(ctx, async (tx) => {
    if (instance) await bindCloudAccount(tx, { cloudAccountId: instance.cloud_account_id, billingAccountId: payer })
    await setSettlement(tx, { workspaceId: order.workspaceId, billingAccountId: payer, instance })
  })
}

/** The instance that shall pay, verified; null for the balance. */
export async function verifyChoice(
  ctx: Ctx,
  billingAccountId: BillingAccountId,
  choice: BillingMethodChoice,
): Promise<InstanceRow | null> {
  if (choice.method === 'balance') return null
  return verifyInstancePair(ctx, {
    marketplace: choice.method,
    cloudAccountRef: choice.cloudAccountRef,
    instanceRef: choice.instanceRef,
    provenCloudAccountIds: await cloudAccountsHeldBy(ctx, billingAccountId),
  })
}

async function cloudAccountsHeldBy(ctx: Ctx, billingAccountId: BillingAccountId): Promise<CloudAccountId[]> {
  const held = await selectCloudAccountsOf(ctx.db, billingAccountId, null, 100)
  return held.map((account) => account.id)
}
