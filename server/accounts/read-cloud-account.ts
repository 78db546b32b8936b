import type { CloudAccountId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { selectCloudAccount } from './queries.ts'
import type { CloudAccountRow } from './queries.ts'

export type { CloudAccountRow } from './queries.ts'

/** A cloud account by id, or null; the caller decides who may see it. */
export async function readCloudAccount(ctx: Ctx, id: CloudAccountId): Promise<CloudAccountRow | null> {
  return (await selectCloudAccount(ctx.db, id)) ?? null
}
