import type { Kysely, Selectable } from 'kysely'
import type { ConsoleAccountId, WorkspaceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { PagePosition } from '../platform/paging.ts'
import type { WorkspacesTable } from './tables.ts'

export type WorkspaceRow = Selectable<WorkspacesTable>

type Db = Kysely<Database>

/** One workspace that is not dissolved. */
export async function selectWorkspace(db: Db, id: WorkspaceId): Promise<WorkspaceRow | undefined> {
  return db
    .selectFrom('workspaces')
    .selectAll()
    .where('id', '=', id)
    .where('standing', '!=', 'dissolved')
    .executeTakeFirst()
}

export async function selectWorkspaceByRequestKey(db: Db, requestKey: string): Promise<WorkspaceRow | undefined> {
  return db.selectFrom('workspaces').selectAll().where('request_key', '=', requestKey).executeTakeFirst()
}

/** Inserts unless the request key made a workspace before; undefined then. */
export async function insertWorkspace(
  db: Db,
  row: Pick<WorkspaceRow, 'id' | 'site' | 'name' | 'language' | 'plan' | 'request_key' | 'created_by' | 'created_at'>,
): Promise<WorkspaceRow | undefined> {
  return db
    .insertInto('workspaces')
    .values(row)
    .onConflict((conflict) => conflict.column('request_key').doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function insertOwner(
  db: Db,
  workspaceId: WorkspaceId,
  accountId: ConsoleAccountId,
  at: Date,
): Promise<void> {
  await db
    .insertInto('workspace_members')
    .values({ workspace_id: workspaceId, console_account_id: accountId, role: 'owner', joined_at: at })
    .execute()
}

export async function selectRole(
  db: Db,
  id: WorkspaceId,
  accountId: ConsoleAccountId,
): Promise<'owner' | 'member' | undefined> {
  const row = await db
    .selectFrom('workspace_members')
    .innerJoin('workspaces', 'workspaces.id', 'workspace_members.workspace_id')
    .select('role')
    .where('workspace_id', '=', id)
    .where('console_account_id', '=', accountId)
    .where('standing', '!=', 'dissolved')
    .executeTakeFirst()
  return row?.role
}

export async function selectOwners(db: Db, id: WorkspaceId): Promise<ConsoleAccountId[]> {
  const rows = await db
    .selectFrom('workspace_members')
    .select('console_account_id')
    .where('workspace_id', '=', id)
    .where('role', '=', 'owner')
    .execute()
  return rows.map((row) => row.console_account_id)
}

export async function selectMine(
  db: Db,
  site: string,
  accountId: ConsoleAccountId,
  after: PagePosition | null,
  limit: number,
): Promise<(WorkspaceRow & { role: 'owner' | 'member' })[]> {
  let query = db
    .selectFrom('workspace_members')
    .innerJoin('workspaces', 'workspaces.id', 'workspace_members.workspace_id')
    .selectAll('workspaces')
    .select('role')
    .where('console_account_id', '=', accountId)
    .where('site', '=', site)
    .where('standing', '!=', 'dissolved')
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('workspaces.created_at', 'workspaces.id'), '<', tuple(after.at, after.id as WorkspaceId)),
    )
  }
  return query.orderBy('workspaces.created_at', 'desc').orderBy('workspaces.id', 'desc').limit(limit).execute()
}

/** Sets the plan; a workspace that somebody pays for is commercial and never becomes free again. */
export async function updatePlanToCommercial(db: Db, id: WorkspaceId): Promise<void> {
  await db.updateTable('workspaces').set({ plan: 'commercial' }).where('id', '=', id).execute()
}

/** Starts a countdown where none runs; false when the workspace was not active. */
export async function updateToCountdown(
  db: Db,
  id: WorkspaceId,
  countdown: { endsAt: Date; reason: NonNullable<WorkspaceRow['countdown_reason']> },
): Promise<boolean> {
  const result = await db
    .updateTable('workspaces')
    .set({ standing: 'countdown', countdown_ends_at: countdown.endsAt, countdown_reason: countdown.reason })
    .where('id', '=', id)
    .where('standing', '=', 'active')
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export async function updateToActive(db: Db, id: WorkspaceId): Promise<boolean> {
  const result = await db
    .updateTable('workspaces')
    .set({ standing: 'active', countdown_ends_at: null, countdown_reason: null })
    .where('id', '=', id)
    .where('standing', 'in', ['countdown', 'locked'])
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Locks the workspaces whose countdown is over; returns those locked by this call. */
export async function lockOverdueWorkspaces(db: Db, now: Date): Promise<WorkspaceId[]> {
  const rows = await db
    .updateTable('workspaces')
    .set({ standing: 'locked', countdown_ends_at: null, countdown_reason: null })
    .where('standing', '=', 'countdown')
    .where('countdown_ends_at', '<=', now)
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}
