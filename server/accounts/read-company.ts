import type { Company } from '../../contract/accounts.ts'
import type { BillingAccountId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { presentCompany } from './company.ts'
import { selectCompany } from './queries.ts'

/** The company behind a Billing Center account; throws `not_found` where there is no such account. */
export async function readCompany(ctx: Ctx, billingAccountId: BillingAccountId): Promise<Company> {
  const row = await selectCompany(ctx.db, billingAccountId)
  if (!row) throw new Problem('not_found')
  return presentCompany(row)
}
