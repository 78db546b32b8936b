import type { WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { readInstance } from '../marketplaces/read-instance.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { selectBinding } from './queries.ts'

/** The marketplace instance that pays a workspace; null while the balance or nobody does. */
export async function payingInstance(ctx: Ctx, workspaceId: WorkspaceId): Promise<InstanceRow | null> {
  const binding = await selectBinding(ctx.db, workspaceId)
  return binding?.instanceId ? readInstance(ctx, binding.instanceId) : null
}
