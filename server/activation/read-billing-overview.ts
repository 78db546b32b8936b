import type { z } from 'zod'
import type { readBillingOverview as readBillingOverviewEndpoint } from '../../contract/accounts.ts'
import type { BillingAccountId } from '../../contract/ids.ts'
import { readCompany } from '../accounts/read-company.ts'
import { summariseBindings } from '../bindings/summarise-bindings.ts'
import type { Ctx } from '../context.ts'
import { presentBillingAccount } from '../accounts/present-billing-account.ts'
import { selectOpenActivation } from './queries.ts'

type Overview = z.input<typeof readBillingOverviewEndpoint.response>

/** Overview of a Billing Center account: company, counts, what needs attention, an activation left unfinished. */
export async function readBillingOverview(ctx: Ctx, billingAccountId: BillingAccountId): Promise<Overview> {
  const open = await selectOpenActivation(ctx.db, billingAccountId)
  return {
    account: await presentBillingAccount(ctx, billingAccountId),
    company: await readCompany(ctx, billingAccountId),
    ...(await summariseBindings(ctx, billingAccountId)),
    openActivation: open ? { id: open.id, startedAt: open.created_at.toISOString() } : null,
  }
}
