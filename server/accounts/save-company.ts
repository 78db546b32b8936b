import type { Company } from '../../contract/accounts.ts'
import type { BillingAccountId } from '../../contract/ids.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { presentCompany } from './company.ts'
import { upsertCompany } from './queries.ts'

/** Keeps the company behind a Billing Center account; what is absent or empty is forgotten. Returns what is now kept. */
export async function saveCompany(ctx: TxCtx, billingAccountId: BillingAccountId, company: Company): Promise<Company> {
  const saved = await upsertCompany(ctx.db, {
    billing_account_id: billingAccountId,
    name: company.name,
    industry: company.industry || null,
    region: company.region || null,
    introduction: company.introduction || null,
    contact_name: company.contactName || null,
    updated_at: ctx.now(),
  })
  await record(ctx, { kind: 'company.updated', about: { billingAccountId }, detail: { name: saved.name } })
  return presentCompany(saved)
}
