import type { Standing } from '../../contract/workspaces.ts'
import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { countBindingsOf, countCloudAccountsOf, selectTroubledWorkspaces } from './queries.ts'

export interface BindingsSummary {
  workspaceCount: number
  cloudAccountCount: number
  attention: { workspaceId: WorkspaceId; name: string; standing: Standing; countdownEndsAt: string | null }[]
}

/** How many workspaces and cloud accounts an account has, and at most 20 workspaces in countdown or locked. */
export async function summariseBindings(ctx: Ctx, billingAccountId: BillingAccountId): Promise<BindingsSummary> {
  const troubled = await selectTroubledWorkspaces(ctx.db, billingAccountId, 20)
  return {
    workspaceCount: await countBindingsOf(ctx.db, billingAccountId),
    cloudAccountCount: await countCloudAccountsOf(ctx.db, billingAccountId),
    attention: troubled.map((row) => ({
      workspaceId: row.id,
      name: row.name,
      standing: row.standing,
      countdownEndsAt: row.countdown_ends_at?.toISOString() ?? null,
    })),
  }
}
