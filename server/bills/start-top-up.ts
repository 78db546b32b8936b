import { newId } from '../../contract/ids.ts'
import type { BillingAccountId, Id } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import { record } from '../platform/record.ts'
import { typedAmount } from './money-input.ts'
import { insertTopUp } from './money-queries.ts'
import { paymentProvider } from './payments/payment-providers.ts'

/**
 * Begins a payment online, once per request key: the same key answers with the same payment. The money counts when the provider's
 * callback says so. Throws `top_up_not_offered` (unknown provider), `amount_too_fine`, and `top_up_over` for a payment that is done.
 */
export async function startTopUp(
  ctx: Ctx,
  input: { billingAccountId: BillingAccountId; amount: string; provider: string; requestKey: string },
): Promise<{ id: Id<'topUp'>; redirectUrl: string }> {
  const provider = paymentProvider(ctx.services.config, input.provider)
  if (!provider) throw new Problem('top_up_not_offered')
  const { billingAccountId } = input
  const { currency } = await readBillingAccount(ctx, billingAccountId)
  const amount = typedAmount(input.amount, currency)
  const topUp = await inTransaction(ctx, async (tx) => {
    const { row, fresh } = await insertTopUp(tx.db, {
      id: newId('topUp'),
      billing_account_id: billingAccountId,
      currency,
      amount,
      provider: provider.code,
      state: 'started',
      provider_ref: null,
      note: '',
      request_key: input.requestKey,
      started_at: tx.now(),
      ended_at: null,
    })
    if (fresh) {
      await record(tx, {
        kind: 'top_up.started',
        about: { topUpId: row.id, billingAccountId },
        detail: { provider: provider.code, currency, amount },
      })
    }
    return row
  })
  if (topUp.state !== 'started') throw new Problem('top_up_over', { state: topUp.state })
  const order = {
    topUpId: topUp.id,
    billingAccountId,
    currency: topUp.currency,
    amount: typedAmount(topUp.amount, currency),
  }
  return { id: topUp.id, ...(await provider.start(ctx, order)) }
}
