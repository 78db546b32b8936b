import type { ConsoleAccountId, WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { WorkspaceHome } from '../../contract/workspaces.ts'
import { readCompany } from '../accounts/read-company.ts'
import type { Ctx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import { getWorkspace } from '../workspaces/find-workspace.ts'
import { presentWorkspace } from '../workspaces/list-my-workspaces.ts'
import { roleIn } from '../workspaces/my-role.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { presentSettlement } from './present-settlement.ts'
import { selectBinding } from './queries.ts'
import type { BindingView } from './queries.ts'
import { changeableFrom } from './settlement-rules.ts'

/** Home of a workspace for one of its members: what it is and who pays it. Throws `not_found` for a stranger. */
export async function readWorkspaceHome(
  ctx: Ctx,
  input: { workspaceId: WorkspaceId; accountId: ConsoleAccountId },
): Promise<WorkspaceHome> {
  const role = await roleIn(ctx, input.workspaceId, input.accountId)
  if (!role) throw new Problem('not_found')
  const workspace = await getWorkspace(ctx, input.workspaceId)
  const binding = await selectBinding(ctx.db, workspace.id)
  return {
    ...presentWorkspace(workspace, role),
    countdownEndsAt: workspace.countdown_ends_at?.toISOString() ?? null,
    countdownReason: workspace.countdown_reason,
    dissolvesAt: workspace.dissolves_at?.toISOString() ?? null,
    dissolvedAt: workspace.dissolved_at?.toISOString() ?? null,
    payer: binding ? await presentPayer(ctx, binding, workspace.site) : null,
  }
}

async function presentPayer(ctx: Ctx, binding: BindingView, site: string): Promise<WorkspaceHome['payer']> {
  const account = await readBillingAccount(ctx, binding.billingAccountId)
  const company = await readCompany(ctx, binding.billingAccountId)
  const from = changeableFrom(binding.lastChangedAt, ctx.now(), siteSettings(ctx, site).timeZone)
  return {
    billingUsername: account.username,
    companyName: company.name,
    settlement: await presentSettlement(ctx, binding),
    changeableFrom: from?.toISOString() ?? null,
  }
}
