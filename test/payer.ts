import type { BillingAccountId } from '../contract/ids.ts'
import { inTransaction } from '../server/context.ts'
import { registerBillingAccount } from '../server/identity/register-billing-account.ts'
import type { TestServices } from './services.ts'

let counter = 0

/** A Billing Center account, without company or purchases. */
export async function testPayer(world: TestServices, currency: 'CNY' | 'USD' = 'CNY'): Promise<BillingAccountId> {
  counter += 1
  const username = `payer${counter}`
  const account = await inTransaction(world.ctx(), (tx) =>
    registerBillingAccount(tx, {
      username,
      email: `${username}@acme.cn`,
      passwordHash: 'nobody signs in',
      phone: null,
      language: 'en',
      currency,
    }),
  )
  return account.id
}
