import type { ConsoleAccountId, WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { SettledWorkspace } from '../bindings/settled-by.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { readConsoleAccount } from '../identity/find-account.ts'
import { record } from '../platform/record.ts'
import { ownersOf } from '../workspaces/find-workspace.ts'
import { roleIn } from '../workspaces/my-role.ts'
import { loadActivation, loadLockedActivation } from './load-activation.ts'
import type { LoadedActivation } from './load-activation.ts'
import { updateActivation } from './queries.ts'

/** Where the buyer goes now. `signInAs` is the console account this browser has just registered or proven. */
export type Ending =
  | { to: 'workspace'; site: string; workspaceId: WorkspaceId; signInAs: ConsoleAccountId }
  | { to: 'sign-in'; site: string; username: string | null; workspaceId: WorkspaceId }

/** Confirm: completes the activation and says where to go. Confirming again answers the same. */
export async function confirmActivation(ctx: Ctx, wanted: WorkspaceId | null): Promise<Ending> {
  const before = await loadActivation(ctx)
  const workspace = chosen(before.settled, wanted)
  if (!before.progress.confirmed && before.progress.proven) await complete(ctx)
  const { console_account_id: accountId } = before.browser
  if (accountId && (await roleIn(ctx, workspace.id, accountId))) {
    return { to: 'workspace', site: workspace.site, workspaceId: workspace.id, signInAs: accountId }
  }
  return {
    to: 'sign-in',
    site: workspace.site,
    username: await ownerName(ctx, before, workspace),
    workspaceId: workspace.id,
  }
}

async function complete(ctx: Ctx): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const activation = await loadLockedActivation(tx)
    const [first] = activation.settled
    if (activation.progress.confirmed || !first || !activation.account) return
    await updateActivation(tx.db, activation.row.id, { state: 'done', done_at: tx.now() })
    await record(tx, {
      kind: 'activation.confirmed',
      about: { activationId: activation.row.id, workspaceId: first.id, billingAccountId: activation.account.id },
    })
  })
}

/** The workspace asked for, else the one bound last. Throws `step_not_open` while nothing is bound. */
function chosen(settled: SettledWorkspace[], wanted: WorkspaceId | null): SettledWorkspace {
  if (wanted === null) {
    const last = settled.at(-1)
    if (!last) throw new Problem('step_not_open')
    return last
  }
  const found = settled.find((workspace) => workspace.id === wanted)
  if (!found) throw new Problem('not_found')
  return found
}

/** The owner's username fills the login page, but only for someone who has proven the payer. */
async function ownerName(ctx: Ctx, activation: LoadedActivation, workspace: SettledWorkspace): Promise<string | null> {
  if (!activation.progress.proven) return null
  const [owner] = await ownersOf(ctx, workspace.id)
  return owner ? (await readConsoleAccount(ctx, owner)).username : null
}
