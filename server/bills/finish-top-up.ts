import { Problem } from '../../contract/problems.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { Decimal } from '../rating/decimal.ts'
import { transactionFor } from './ledger.ts'
import { endTopUp, lockTopUp, type TopUpRow } from './money-queries.ts'
import type { PaymentNews } from './payments/payment-provider.ts'
import { postTransaction } from './post-transaction.ts'
import { repayDebt } from './repay-debt.ts'

/**
 * Takes in what a payment provider says, in the caller's commit. Paid money is credited exactly once however often it is said, also
 * when the payment was declined before; what is owed is repaid first. A decline after the money came changes nothing.
 * Throws `not_found` for a payment of another provider, currency or amount.
 */
export async function finishTopUp(ctx: TxCtx, provider: string, news: PaymentNews): Promise<TopUpRow['state']> {
  const topUp = await lockTopUp(ctx.db, news.topUpId)
  const fits =
    topUp?.provider === provider && topUp.currency === news.currency && new Decimal(topUp.amount).equals(news.amount)
  if (!fits) throw new Problem('not_found')
  if (topUp.state === 'credited') return 'credited'
  if (news.outcome === 'declined') return decline(ctx, topUp, news.providerRef)
  const { id, currency, billing_account_id: billingAccountId } = topUp
  await endTopUp(ctx.db, { id, state: 'credited', providerRef: news.providerRef, at: ctx.now() })
  const event = { kind: 'top_up', topUpId: id, amount: topUp.amount } as const
  await postTransaction(ctx, transactionFor({ owner: billingAccountId, currency, event }))
  const repaid = await repayDebt(ctx, {
    billingAccountId,
    currency,
    incoming: topUp.amount,
    from: { kind: 'cash' },
    because: id,
  })
  await record(ctx, {
    kind: 'top_up.credited',
    about: { topUpId: id, billingAccountId },
    detail: { provider, currency, amount: topUp.amount, repaid },
  })
  return 'credited'
}

async function decline(ctx: TxCtx, topUp: TopUpRow, providerRef: string): Promise<'failed'> {
  if (topUp.state === 'failed') return 'failed'
  await endTopUp(ctx.db, { id: topUp.id, state: 'failed', providerRef, at: ctx.now() })
  await record(ctx, {
    kind: 'top_up.failed',
    about: { topUpId: topUp.id, billingAccountId: topUp.billing_account_id },
    detail: { provider: topUp.provider },
  })
  return 'failed'
}
