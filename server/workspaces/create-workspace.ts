import { newId } from '../../contract/ids.ts'
import type { ConsoleAccountId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Language } from '../../contract/problems.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { insertOwner, insertWorkspace, selectWorkspaceByRequestKey } from './queries.ts'
import type { WorkspaceRow } from './queries.ts'
import { siteSettings } from './sites.ts'

export interface NewWorkspace {
  site: string
  name: string
  language: Language
  owner: ConsoleAccountId
  /** The same key again answers with the workspace it made, for its owner only. */
  requestKey: string | null
}

/** Creates a workspace on a site for ever, with its one owner. Throws `unknown_site`. */
export async function createWorkspace(ctx: TxCtx, input: NewWorkspace): Promise<WorkspaceRow> {
  siteSettings(ctx, input.site)
  const created = await insertWorkspace(ctx.db, {
    id: newId('workspace'),
    site: input.site,
    name: input.name,
    language: input.language,
    plan: 'free',
    request_key: input.requestKey,
    created_by: input.owner,
    created_at: ctx.now(),
  })
  if (!created) return repeated(ctx, input)
  await insertOwner(ctx.db, created.id, input.owner, ctx.now())
  await record(ctx, {
    kind: 'workspace.created',
    about: { workspaceId: created.id, consoleAccountId: input.owner },
    detail: { name: created.name, site: created.site },
  })
  return created
}

/** A key somebody else used is refused as bad input: nobody learns what it made. */
async function repeated(ctx: TxCtx, input: NewWorkspace): Promise<WorkspaceRow> {
  const before = await selectWorkspaceByRequestKey(ctx.db, input.requestKey ?? '')
  if (before?.created_by !== input.owner) throw new Problem('bad_input', {}, 'requestKey')
  return before
}
