import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { checkPassword } from './check-password.ts'
import { endSession } from './end-session.ts'
import { findBillingAccount } from './find-account.ts'
import type { BillingAccountRow } from './find-account.ts'
import { readSession } from './read-session.ts'
import { startSession } from './start-session.ts'

export interface BillingSignIn {
  /** Username, or e-mail where it names exactly one account. */
  identifier: string
  password: string
  /** Token this browser still holds: that session ends, whoever's it was. */
  oldToken: string | undefined
  userAgent: string | undefined
}

/** Signs in to the Billing Center. Throws `sign_in_failed`, `too_many_requests`. */
export async function signInToBilling(
  ctx: Ctx,
  input: BillingSignIn,
): Promise<{ account: BillingAccountRow; token: string }> {
  const found = await findBillingAccount(ctx, input.identifier)
  const account = await checkPassword(ctx, { ...input, place: 'billing' }, found)
  return inTransaction(ctx, async (tx) => {
    const old = await readSession(tx, 'billing', input.oldToken)
    if (old) await endSession(tx, old)
    const { token } = await startSession(tx, {
      realm: 'billing',
      accountId: account.id,
      userAgent: input.userAgent ?? null,
    })
    return { account, token }
  })
}
