import type { ConsoleAccountId, WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Language } from '../../contract/problems.ts'
import type { WorkspaceRow } from '../../contract/workspaces.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { createWorkspace } from '../workspaces/create-workspace.ts'
import { findLivingWorkspace, getWorkspace } from '../workspaces/find-workspace.ts'
import { presentWorkspace } from '../workspaces/list-my-workspaces.ts'
import { roleIn } from '../workspaces/my-role.ts'
import { selectBinding } from './queries.ts'
import { setSettlement } from './set-settlement.ts'

export interface ConsoleWorkspaceOrder {
  site: string
  name: string
  language: Language
  owner: ConsoleAccountId
  requestKey: string
  /** A workspace the caller owns; its payer's balance pays for the new one too. */
  payLike: WorkspaceId | null
}

/** Creates another workspace from the console: free, or paid by the balance of a payer the caller already has. */
export async function createConsoleWorkspace(ctx: Ctx, order: ConsoleWorkspaceOrder): Promise<WorkspaceRow> {
  return inTransaction(ctx, async (tx) => {
    const created = await createWorkspace(tx, order)
    if (order.payLike) {
      const role = await roleIn(tx, order.payLike, order.owner)
      const living = await findLivingWorkspace(tx, order.payLike)
      const like = await selectBinding(tx.db, order.payLike)
      if (role !== 'owner' || !living || !like) throw new Problem('bad_input', {}, 'payLike')
      await setSettlement(tx, { workspaceId: created.id, billingAccountId: like.billingAccountId, instance: null })
    }
    return presentWorkspace(await getWorkspace(tx, created.id), 'owner')
  })
}
