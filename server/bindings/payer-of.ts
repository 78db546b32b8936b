import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { selectBinding } from './queries.ts'

/** The Billing Center account a workspace is bound to; null while nobody pays. */
export async function payerOf(ctx: Ctx, workspaceId: WorkspaceId): Promise<BillingAccountId | null> {
  return (await selectBinding(ctx.db, workspaceId))?.billingAccountId ?? null
}
