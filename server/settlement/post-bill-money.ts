import type { CloudAmount } from '../bills/cloud-share.ts'
import { cloudAmountsOf } from '../bills/cloud-amounts.ts'
import { transactionFor } from '../bills/ledger.ts'
import { postTransaction } from '../bills/post-transaction.ts'
import type { Id } from '../../contract/ids.ts'
import type { TxCtx } from '../context.ts'
import { Decimal } from '../rating/decimal.ts'
import { selectUncollectedOf } from './metered-bill-queries.ts'
import type { BillOfInstance } from './metered-bill-queries.ts'

/** A bill's share of an instance with whom and how much it is about. */
export async function readCloudAmount(ctx: TxCtx, of: BillOfInstance): Promise<CloudAmount> {
  const amounts = await cloudAmountsOf(ctx, of.billId)
  const found = amounts.find((each) => each.instanceId === of.instanceId)
  if (!found) throw new Error(`Bill ${of.billId} leaves nothing to ${of.instanceId}.`)
  return found
}

/** Posts what became of a bill's share of an instance, collected or waived, in the caller's transaction. Again changes nothing. */
export async function postBillMoney(
  ctx: TxCtx,
  bill: CloudAmount,
  of: { kind: 'cloud_settlement' | 'cloud_waiver'; amount: string },
): Promise<void> {
  if (new Decimal(of.amount).isZero()) return
  const { billId, instanceId, currency } = bill
  const event = { ...of, billId, instanceId }
  await postTransaction(ctx, transactionFor({ owner: bill.billingAccountId, currency, event }))
}

/**
 * Posts what was decided about a report of a meter, for every settled bill that did not collect because of it, in the caller's
 * transaction. Again changes nothing; bills settled later post their own.
 */
export async function postUncollected(
  ctx: TxCtx,
  of: { recordId: Id<'usageRecord'>; choice: 'waived' | 'to_debt' },
): Promise<void> {
  for (const lost of await selectUncollectedOf(ctx.db, of.recordId)) {
    await postUncollectedPart(ctx, await readCloudAmount(ctx, lost), { ...of, amount: lost.amount })
  }
}

/** The same for what one bill did not collect because of a report. */
export async function postUncollectedPart(
  ctx: TxCtx,
  bill: CloudAmount,
  of: { recordId: Id<'usageRecord'>; choice: 'waived' | 'to_debt'; amount: string },
): Promise<void> {
  if (new Decimal(of.amount).isZero()) return
  const kind = of.choice === 'waived' ? 'cloud_waiver' : 'cloud_to_debt'
  const { billId, instanceId, currency } = bill
  const event = { kind, billId, pushId: of.recordId, instanceId, amount: of.amount } as const
  await postTransaction(ctx, transactionFor({ owner: bill.billingAccountId, currency, event }))
}
