import type { ActivationWorkspace } from '../../contract/activation.ts'
import { listBindable } from '../bindings/list-bindable.ts'
import type { Ctx } from '../context.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { requireInstance, requireProvenAccount } from './guards.ts'
import { loadActivation } from './load-activation.ts'

/** Workspaces of the bound account, each with whether this instance can pay for it. */
export async function listActivationWorkspaces(ctx: Ctx, page: PageRequest): Promise<Page<ActivationWorkspace>> {
  const activation = await loadActivation(ctx)
  const account = requireProvenAccount(activation)
  return listBindable(ctx, { billingAccountId: account.id, instance: requireInstance(activation), ...page })
}
