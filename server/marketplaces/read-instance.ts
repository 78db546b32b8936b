import type { CloudAccountId, InstanceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { selectInstance, selectInstanceByRef, selectInstancesOf } from './queries.ts'
import type { InstanceRow } from './queries.ts'

export type { InstanceRow } from './queries.ts'

/** An instance by its id, which something of ours refers to: it exists, or this throws as a bug. */
export async function readInstance(ctx: Ctx, id: InstanceId): Promise<InstanceRow> {
  const row = await selectInstance(ctx.db, id)
  if (!row) throw new Error(`No marketplace instance ${id}.`)
  return row
}

/** An instance by the id the marketplace gave it; null when we have not heard of it. */
export async function findInstance(
  ctx: Ctx,
  named: { marketplace: string; instanceRef: string },
): Promise<InstanceRow | null> {
  return (await selectInstanceByRef(ctx.db, named.marketplace, named.instanceRef)) ?? null
}

/** Instances of some cloud accounts, newest purchase first. A cloud account has a handful, so they are not paged. */
export async function listInstancesOf(ctx: Ctx, cloudAccountIds: readonly CloudAccountId[]): Promise<InstanceRow[]> {
  return selectInstancesOf(ctx.db, cloudAccountIds)
}
