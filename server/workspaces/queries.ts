import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { ConsoleAccountId, WorkspaceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { PagePosition } from '../platform/paging.ts'
import type { WorkspacesTable } from './tables.ts'

export type WorkspaceRow = Selectable<WorkspacesTable>

type Db = Kysely<Database>

export async function selectWorkspace(db: Db, id: WorkspaceId): Promise<WorkspaceRow | undefined> {
  return db.selectFrom('workspaces').selectAll().where('id', '=', id).executeTakeFirst()
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
    .select('role')
    .where('workspace_id', '=', id)
    .where('console_account_id', '=', accountId)
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
    .set({
      standing: 'active',
      countdown_ends_at: null,
      countdown_reason: null,
      dissolves_at: null,
      dissolution_told_at: null,
    })
    .where('id', '=', id)
    .where('standing', 'in', ['countdown', 'locked'])
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Locks the workspaces whose countdown is over; returns those locked by this call. */
export async function lockOverdueWorkspaces(db: Db, now: Date, dissolvesAt: Date): Promise<WorkspaceId[]> {
  const rows = await db
    .updateTable('workspaces')
    .set({ standing: 'locked', countdown_ends_at: null, countdown_reason: null, dissolves_at: dissolvesAt })
    .where('standing', '=', 'countdown')
    .where('countdown_ends_at', '<=', now)
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

/**
 * Marks locked workspaces that are dissolved up to a day, and whose people were not told yet, as told. Where that day is too near, it
 * becomes another. Returns those marked by this call.
 */
export async function markDissolutionTold(
  db: Db,
  of: { at: Date; tellUpTo: Date; tooSoon: Date; instead: Date; limit: number },
): Promise<{ id: WorkspaceId; dissolvesAt: Date }[]> {
  const { rows } = await sql<{ id: WorkspaceId; dissolvesAt: Date }>`
    with near as (
      select id from workspaces
      where standing = 'locked' and dissolution_told_at is null and dissolves_at <= ${of.tellUpTo}
      order by dissolves_at, id limit ${of.limit} for update skip locked
    )
    update workspaces w set dissolution_told_at = ${of.at},
      dissolves_at = case when dissolves_at < ${of.tooSoon} then ${of.instead} else dissolves_at end
    from near where w.id = near.id
    returning w.id, w.dissolves_at as "dissolvesAt"`.execute(db)
  return rows
}

/** Dissolves locked workspaces whose day has come and whose people were told; returns those dissolved by this call. */
export async function dissolveDueWorkspaces(db: Db, now: Date, limit: number): Promise<WorkspaceId[]> {
  const { rows } = await sql<{ id: WorkspaceId }>`
    with due as (
      select id from workspaces
      where standing = 'locked' and dissolution_told_at is not null and dissolves_at <= ${now}
      order by dissolves_at, id limit ${limit} for update skip locked
    )
    update workspaces w set standing = 'dissolved', dissolved_at = ${now}, dissolves_at = null, dissolution_told_at = null
    from due where w.id = due.id
    returning w.id`.execute(db)
  return rows.map((row) => row.id)
}
