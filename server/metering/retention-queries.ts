import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { WorkspaceId } from '../../contract/ids.ts'
import type { RetentionPolicy } from '../../contract/retention.ts'
import type { Database } from '../database.ts'

type Db = Kysely<Database>

export interface RetentionChoice {
  policy: RetentionPolicy
  days: number
  from: Date
}

/** What a workspace chose: per kind what is in force at an instant, and what comes after it. */
export async function selectRetentionChoices(db: Db, workspaceId: WorkspaceId, at: Date): Promise<RetentionChoice[]> {
  const { rows } = await sql<RetentionChoice>`
    select c.policy, c.days, c.from_at as "from" from retention_choices c
    where c.workspace_id = ${workspaceId} and not exists (
      select from retention_choices later where later.workspace_id = c.workspace_id and later.policy = c.policy
        and later.from_at > c.from_at and later.from_at <= ${at})
    order by c.policy, c.from_at`.execute(db)
  return rows
}

/** What several workspaces chose that is in force at an instant. */
export async function selectRetentionInForce(
  db: Db,
  workspaceIds: readonly string[],
  at: Date,
): Promise<{ workspaceId: string; policy: RetentionPolicy; days: number }[]> {
  const { rows } = await sql<{ workspaceId: string; policy: RetentionPolicy; days: number }>`
    select distinct on (workspace_id, policy) workspace_id as "workspaceId", policy, days from retention_choices
    where workspace_id = any(${[...workspaceIds]}::text[]) and from_at <= ${at}
    order by workspace_id, policy, from_at desc`.execute(db)
  return rows
}

/** Lets nobody else choose for the workspace until the caller's commit. */
export async function lockRetention(db: Db, workspaceId: WorkspaceId): Promise<void> {
  await db.selectFrom('workspaces').select('id').where('id', '=', workspaceId).forNoKeyUpdate().execute()
}

/** Whether a kind was chosen at or after an instant. */
export async function selectChosenSince(
  db: Db,
  of: { workspaceId: WorkspaceId; policy: RetentionPolicy; since: Date },
): Promise<boolean> {
  const row = await db
    .selectFrom('retention_choices')
    .select('days')
    .where('workspace_id', '=', of.workspaceId)
    .where('policy', '=', of.policy)
    .where('chosen_at', '>=', of.since)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Notes a choice; of several that begin at the same instant the last one counts. */
export async function saveRetentionChoice(
  db: Db,
  of: { workspaceId: WorkspaceId; policy: RetentionPolicy; days: number; from: Date; at: Date },
): Promise<void> {
  const { days, at } = of
  await db
    .insertInto('retention_choices')
    .values({ workspace_id: of.workspaceId, policy: of.policy, days, from_at: of.from, chosen_at: at })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'policy', 'from_at']).doUpdateSet({ days, chosen_at: at }),
    )
    .execute()
}
