import { newId } from '../../contract/ids.ts'
import type { BillingAccountId, Id } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import { record } from '../platform/record.ts'
import { transactionFor } from './ledger.ts'
import { typedAmount } from './money-input.ts'
import { endTopUp, insertTopUp } from './money-queries.ts'
import { postTransaction } from './post-transaction.ts'
import { repayDebt } from './repay-debt.ts'

/**
 * Writes down money that arrived by bank transfer, once per request key: it is cash from now on, after what was owed is repaid.
 * Throws `not_found` for an unknown account and `amount_too_fine`.
 */
export async function creditAccount(
  ctx: Ctx,
  input: {
    billingAccountId: BillingAccountId
    /** Above 0. */
    amount: string
    /** What the bank calls it, and why; shown to the payer. */
    note: string
    requestKey: string
  },
): Promise<{ topUpId: Id<'topUp'>; repaid: string }> {
  const { billingAccountId } = input
  const { currency } = await readBillingAccount(ctx, billingAccountId)
  const amount = typedAmount(input.amount, currency)
  return inTransaction(ctx, async (tx) => {
    const at = tx.now()
    const { row, fresh } = await insertTopUp(tx.db, {
      id: newId('topUp'),
      billing_account_id: billingAccountId,
      currency,
      amount,
      provider: 'bank_transfer',
      state: 'started',
      provider_ref: null,
      note: input.note,
      request_key: input.requestKey,
      started_at: at,
      ended_at: null,
    })
    if (!fresh) return { topUpId: row.id, repaid: '0' }
    await endTopUp(tx.db, { id: row.id, state: 'credited', providerRef: input.note, at })
    const event = { kind: 'top_up', topUpId: row.id, amount } as const
    await postTransaction(tx, transactionFor({ owner: billingAccountId, currency, event }))
    const repaid = await repayDebt(tx, {
      billingAccountId,
      currency,
      incoming: amount,
      from: { kind: 'cash' },
      because: row.id,
    })
    await record(tx, {
      kind: 'top_up.credited',
      about: { topUpId: row.id, billingAccountId },
      detail: { provider: 'bank_transfer', currency, amount, repaid, note: input.note },
    })
    return { topUpId: row.id, repaid }
  })
}
