import { newId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Language } from '../../contract/problems.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { insertBillingAccount } from './queries.ts'
import type { BillingAccountRow } from './queries.ts'

export interface NewBillingAccount {
  username: string
  email: string
  passwordHash: string
  phone: string | null
  language: Language
  /** The one currency of the account, for ever. */
  currency: 'CNY' | 'USD'
}

/** Creates a Billing Center account. Throws `username_taken` on the field `username`; an e-mail may have several accounts. */
export async function registerBillingAccount(ctx: TxCtx, input: NewBillingAccount): Promise<BillingAccountRow> {
  const created = await insertBillingAccount(ctx.db, {
    id: newId('billingAccount'),
    username: input.username,
    email: input.email.toLowerCase(),
    password_hash: input.passwordHash,
    phone: input.phone,
    language: input.language,
    currency: input.currency,
    created_at: ctx.now(),
  })
  if (!created) throw new Problem('username_taken', {}, 'username')
  await record(ctx, {
    kind: 'billing_account.registered',
    about: { billingAccountId: created.id },
    detail: { username: created.username, currency: created.currency },
  })
  return created
}
