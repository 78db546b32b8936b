import { newId } from '../../contract/ids.ts'
import type { BillingAccountId, Id } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import { record } from '../platform/record.ts'
import { transactionFor } from './ledger.ts'
import { refuseOverExpiry, typedAmount } from './money-input.ts'
import { insertVoucher } from './money-queries.ts'
import { postTransaction } from './post-transaction.ts'
import type { VoucherKind } from './tables.ts'

/**
 * Grants a voucher in the account's currency, once per request key. It pays bills before anything else (ordinary ones before
 * full-reduction ones), but no SMS and no synthetic tests, and never repays debt. Throws `not_found`, `amount_too_fine`,
 * `expiry_not_ahead`.
 */
export async function grantVoucher(
  ctx: Ctx,
  input: {
    billingAccountId: BillingAccountId
    kind: VoucherKind
    /** Above 0. */
    amount: string
    expiresAt: Date
    note: string
    requestKey: string
  },
): Promise<Id<'voucher'>> {
  const { billingAccountId, kind, expiresAt, note } = input
  const { currency } = await readBillingAccount(ctx, billingAccountId)
  const amount = typedAmount(input.amount, currency)
  refuseOverExpiry(expiresAt, ctx.now())
  return inTransaction(ctx, async (tx) => {
    const { id, fresh } = await insertVoucher(tx.db, {
      id: newId('voucher'),
      billing_account_id: billingAccountId,
      kind,
      currency,
      amount,
      note,
      request_key: input.requestKey,
      granted_at: tx.now(),
      expires_at: expiresAt,
    })
    if (!fresh) return id
    const event = { kind: 'voucher_grant', voucher: kind, voucherId: id, amount } as const
    await postTransaction(tx, transactionFor({ owner: billingAccountId, currency, event }))
    await record(tx, {
      kind: 'voucher.granted',
      about: { voucherId: id, billingAccountId },
      detail: { kind, currency, amount, expiresAt: expiresAt.toISOString(), note },
    })
    return id
  })
}
