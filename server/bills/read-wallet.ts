import type { Wallet } from '../../contract/wallet.ts'
import type { BillingAccountId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { paymentProviders } from './payments/payment-providers.ts'
import { readBalances } from './read-balances.ts'
import { selectInstanceRefs } from './wallet-queries.ts'

/** What a Billing Center account holds and owes now, and how money can be paid in. */
export async function readWallet(ctx: Ctx, billingAccountId: BillingAccountId): Promise<Wallet> {
  const { left: _left, cloudReceivable, ...amounts } = await readBalances(ctx, billingAccountId)
  const refs = await selectInstanceRefs(
    ctx.db,
    cloudReceivable.map(({ instanceId }) => instanceId),
  )
  const cloud = cloudReceivable.map(({ instanceId, amount }) => ({
    instanceId,
    instanceRef: refs.get(instanceId) ?? instanceId,
    amount,
  }))
  const onlinePayments = paymentProviders(ctx.services.config).map(({ code }) => code)
  return { ...amounts, cloud, onlinePayments }
}
