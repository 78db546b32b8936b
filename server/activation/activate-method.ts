import type { Language } from '../../contract/problems.ts'
import { Problem } from '../../contract/problems.ts'
import type { BillingMethodChoice } from '../../contract/workspaces.ts'
import { bindCloudAccount } from '../accounts/bind-cloud-account.ts'
import { verifyChoice } from '../bindings/change-billing-method.ts'
import { setSettlement } from '../bindings/set-settlement.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { record } from '../platform/record.ts'
import { createWorkspace } from '../workspaces/create-workspace.ts'
import { requireProvenAccount } from './guards.ts'
import { loadActivation, loadLockedActivation } from './load-activation.ts'
import type { LoadedActivation } from './load-activation.ts'
import { updateActivation } from './queries.ts'

export interface MethodChoice {
  workspaceName: string
  language: Language
  /** For a website registration only: what shall pay. By Direct Login the purchased instance does. */
  method: BillingMethodChoice | null
}

/**
 * Activate: makes the workspace of a newly registered account, bound and paid. Submitting again changes nothing.
 * Throws the problems of the typed pair (website registration) and of the binding.
 */
export async function activateMethod(ctx: Ctx, input: MethodChoice): Promise<void> {
  const before = await loadActivation(ctx)
  const account = requireProvenAccount(before)
  if (before.row.workspace_id) return
  const instance = before.instance ?? (await chosenInstance(ctx, before, input.method))
  await inTransaction(ctx, async (tx) => {
    const activation = await loadLockedActivation(tx)
    const { row } = activation
    if (row.workspace_id) return
    const owner = row.console_account_id
    if (!activation.progress.awaitsMethod || !owner) throw new Problem('step_not_open')
    if (instance)
      await bindCloudAccount(tx, { cloudAccountId: instance.cloud_account_id, billingAccountId: account.id })
    const workspace = await createWorkspace(tx, {
      site: row.site,
      name: input.workspaceName,
      language: input.language,
      owner,
      requestKey: null,
    })
    await setSettlement(tx, { workspaceId: workspace.id, billingAccountId: account.id, instance })
    await updateActivation(tx.db, row.id, { workspace_id: workspace.id, state: 'done', done_at: tx.now() })
    await record(tx, {
      kind: 'activation.confirmed',
      about: { activationId: row.id, workspaceId: workspace.id, billingAccountId: account.id },
    })
  })
}

async function chosenInstance(
  ctx: Ctx,
  activation: LoadedActivation,
  method: BillingMethodChoice | null,
): Promise<InstanceRow | null> {
  if (!method) throw new Problem('bad_input', {}, 'method')
  return verifyChoice(ctx, requireProvenAccount(activation).id, method)
}
