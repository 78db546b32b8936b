import { newId } from '../../contract/ids.ts'
import type { BillingAccountId, Id } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import { record } from '../platform/record.ts'
import { transactionFor } from './ledger.ts'
import { refuseOverExpiry, typedAmount } from './money-input.ts'
import { insertCard } from './money-queries.ts'
import { postTransaction } from './post-transaction.ts'
import { repayDebt } from './repay-debt.ts'

/**
 * Writes down a prepaid card that was paid for, once per request key. It repays debt first, then pays bills of any kind until it
 * expires. Throws `not_found`, `amount_too_fine`, `expiry_not_ahead`.
 */
export async function sellPrepaidCard(
  ctx: Ctx,
  input: {
    billingAccountId: BillingAccountId
    /** Above 0. */
    amount: string
    expiresAt: Date
    note: string
    requestKey: string
  },
): Promise<Id<'prepaidCard'>> {
  const { billingAccountId, expiresAt, note } = input
  const { currency } = await readBillingAccount(ctx, billingAccountId)
  const amount = typedAmount(input.amount, currency)
  refuseOverExpiry(expiresAt, ctx.now())
  return inTransaction(ctx, async (tx) => {
    const { id, fresh } = await insertCard(tx.db, {
      id: newId('prepaidCard'),
      billing_account_id: billingAccountId,
      currency,
      amount,
      note,
      request_key: input.requestKey,
      sold_at: tx.now(),
      expires_at: expiresAt,
    })
    if (!fresh) return id
    const event = { kind: 'prepaid_card_sale', cardId: id, amount } as const
    await postTransaction(tx, transactionFor({ owner: billingAccountId, currency, event }))
    const from = { kind: 'prepaid_card', id } as const
    const repaid = await repayDebt(tx, { billingAccountId, currency, incoming: amount, from, because: id })
    await record(tx, {
      kind: 'prepaid_card.sold',
      about: { cardId: id, billingAccountId },
      detail: { currency, amount, repaid, expiresAt: expiresAt.toISOString(), note },
    })
    return id
  })
}
