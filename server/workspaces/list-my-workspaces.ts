import type { ConsoleAccountId } from '../../contract/ids.ts'
import type { WorkspaceRow as WorkspaceRowWire } from '../../contract/workspaces.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { selectMine } from './queries.ts'
import type { WorkspaceRow } from './queries.ts'
import { siteSettings } from './sites.ts'

/** Workspaces of one site the account belongs to, newest first. */
export async function listMyWorkspaces(
  ctx: Ctx,
  input: { site: string; accountId: ConsoleAccountId } & PageRequest,
): Promise<Page<WorkspaceRowWire>> {
  siteSettings(ctx, input.site)
  const rows = await selectMine(ctx.db, input.site, input.accountId, readCursor(input.cursor), input.limit + 1)
  const page = toPage(rows, input.limit, (row) => ({ at: row.created_at, id: row.id }))
  return { items: page.items.map((row) => presentWorkspace(row, row.role)), nextCursor: page.nextCursor }
}

/** The row as the wire shows it. */
export function presentWorkspace(row: WorkspaceRow, role: 'owner' | 'member'): WorkspaceRowWire {
  return {
    id: row.id,
    name: row.name,
    site: row.site,
    language: row.language,
    standing: row.standing,
    plan: row.plan,
    role,
    createdAt: row.created_at.toISOString(),
  }
}
