import type { BillingAccount } from '../../contract/identity.ts'
import type { BillingAccountId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import { readCompany } from './read-company.ts'

/** A Billing Center account with its company's name, as its own people see it. Throws `not_found`. */
export async function presentBillingAccount(ctx: Ctx, id: BillingAccountId): Promise<BillingAccount> {
  const account = await readBillingAccount(ctx, id)
  const company = await readCompany(ctx, id)
  return {
    id: account.id,
    username: account.username,
    email: account.email,
    companyName: company.name,
    currency: account.currency,
    language: account.language,
  }
}
