import { newId } from '../contract/ids.ts'
import type { WorkspaceId } from '../contract/ids.ts'
import type { Ctx } from '../server/context.ts'
import { aConsoleAccount } from './people.ts'

/** Commercial workspaces of one owner, as many as asked for. */
export async function someWorkspaces(ctx: Ctx, count: number, site = 'cn1'): Promise<WorkspaceId[]> {
  const owner = await aConsoleAccount(ctx, { site })
  const ids = Array.from({ length: count }, () => newId('workspace'))
  const common = {
    site,
    name: 'ws',
    language: 'en',
    plan: 'commercial',
    created_by: owner.id,
    created_at: ctx.now(),
  } as const
  await ctx.db
    .insertInto('workspaces')
    .values(ids.map((id) => ({ id, ...common })))
    .execute()
  return ids
}
