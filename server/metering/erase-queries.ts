import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { WorkspaceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'

/* Deleting the detail of what a dissolved workspace used: its events and hours. Its days stay, for bills are computed from them. */

type Db = Kysely<Database>

/** Dissolved workspaces of which some detail may be left, those dissolved first before the others. */
export async function selectToErase(db: Db, limit: number): Promise<{ id: WorkspaceId; site: string }[]> {
  return db
    .selectFrom('workspaces')
    .leftJoin('usage_workspaces', 'usage_workspaces.workspace_id', 'workspaces.id')
    .select(['workspaces.id', 'workspaces.site'])
    .where('standing', '=', 'dissolved')
    .where('erased_at', 'is', null)
    .orderBy('dissolved_at')
    .orderBy('workspaces.id')
    .limit(limit)
    .execute()
}

/** Notes that the detail of a workspace is going, the first time; before any of it is gone. */
export async function markErasing(db: Db, number: number, at: Date): Promise<void> {
  await db
    .updateTable('usage_workspaces')
    .set({ erasing_since: at })
    .where('number', '=', number)
    .where('erasing_since', 'is', null)
    .execute()
}

/** Locks a workspace's erasure until the transaction ends; false when it is done, or somebody else is at it. */
export async function lockErasure(db: Db, number: number): Promise<boolean> {
  const { rows } = await sql`
    select from usage_workspaces where number = ${number} and erasing_since is not null and erased_at is null
    for no key update skip locked`.execute(db)
  return rows.length > 0
}

/** Deletes up to `limit` events of a workspace, each with its correction; returns how many there were. */
export async function deleteEvents(db: Db, number: number, limit: number): Promise<number> {
  // One statement: a correction refers to its event, and is looked for when the statement ends.
  const { rows } = await sql<{ count: number }>`
    with gone as (
      delete from usage_events
      where ctid = any(array(select ctid from usage_events where workspace = ${number} limit ${limit}))
      returning key
    ), corrections as (
      delete from usage_corrections c using gone where c.target = gone.key
    )
    select count(*) as count from gone`.execute(db)
  return rows[0]?.count ?? 0
}

/** Deletes up to `limit` hours, and up to as many items, of a workspace; returns how many of both there were. */
export async function deleteHoursAndItems(db: Db, number: number, limit: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with hours as (
      delete from usage_hours
      where ctid = any(array(select ctid from usage_hours where workspace = ${number} limit ${limit}))
      returning 1
    ), items as (
      delete from usage_items
      where ctid = any(array(select ctid from usage_items where workspace = ${number} limit ${limit}))
      returning 1
    )
    select (select count(*) from hours) + (select count(*) from items) as count`.execute(db)
  return rows[0]?.count ?? 0
}

/** Deletes the names of what reported for a workspace, and notes that nothing is left. */
export async function markErased(db: Db, number: number, workspaceId: WorkspaceId, at: Date): Promise<void> {
  await db.deleteFrom('usage_sources').where('scope', '=', workspaceId).execute()
  await db.updateTable('usage_workspaces').set({ erased_at: at }).where('number', '=', number).execute()
}

/** Workspaces among some whose detail is gone or going, with since when. */
export async function selectErased(
  db: Db,
  workspaceIds: readonly string[],
): Promise<{ workspaceId: WorkspaceId; since: Date }[]> {
  const { rows } = await sql<{ workspaceId: WorkspaceId; since: Date }>`
    select workspace_id as "workspaceId", erasing_since as since from usage_workspaces
    where workspace_id = any(${[...workspaceIds]}::text[]) and erasing_since is not null`.execute(db)
  return rows
}
