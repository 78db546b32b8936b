import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { Id, WorkspaceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { PagePosition } from '../platform/paging.ts'
import type { ApiKeysTable } from './tables.ts'

type Db = Kysely<Database>
export type ApiKeyRow = Selectable<ApiKeysTable>

/** Inserts a key unless its request key made one before. */
export async function insertApiKey(
  db: Db,
  row: Pick<ApiKeyRow, 'id' | 'workspace_id' | 'name' | 'token_hash' | 'begins_with' | 'request_key' | 'created_at'>,
): Promise<ApiKeyRow | undefined> {
  return db
    .insertInto('api_keys')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function selectApiKeyByRequest(
  db: Db,
  workspaceId: WorkspaceId | null,
  requestKey: string,
): Promise<ApiKeyRow | undefined> {
  return db
    .selectFrom('api_keys')
    .selectAll()
    .where(sql`coalesce(workspace_id, '')`, '=', workspaceId ?? '')
    .where('request_key', '=', requestKey)
    .executeTakeFirst()
}

function working(db: Db, now: Date) {
  return db
    .selectFrom('api_keys')
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
}

/** The key a token belongs to while it works. */
export async function selectWorkingKey(db: Db, tokenHash: string, now: Date): Promise<ApiKeyRow | undefined> {
  return working(db, now).selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
}

/** A working key of a workspace, or of the vendor (null). */
export async function selectOwnKey(
  db: Db,
  workspaceId: WorkspaceId | null,
  id: Id<'apiKey'>,
  now: Date,
): Promise<ApiKeyRow | undefined> {
  return working(db, now)
    .selectAll()
    .where('id', '=', id)
    .where('workspace_id', workspaceId === null ? 'is' : '=', workspaceId)
    .executeTakeFirst()
}

export async function countWorkingKeys(db: Db, workspaceId: WorkspaceId | null, now: Date): Promise<number> {
  const { count } = await working(db, now)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspace_id', workspaceId === null ? 'is' : '=', workspaceId)
    .executeTakeFirstOrThrow()
  return count
}

/** Working keys, newest first; of the vendor where `workspaceId` is null. */
export async function selectWorkingKeys(
  db: Db,
  workspaceId: WorkspaceId | null,
  now: Date,
  after: PagePosition | null,
  limit: number,
): Promise<ApiKeyRow[]> {
  let query = working(db, now)
    .selectAll()
    .where('workspace_id', workspaceId === null ? 'is' : '=', workspaceId)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('created_at', 'id'), '<', tuple(after.at, after.id as Id<'apiKey'>)),
    )
  }
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

export async function updateKeyExpiry(db: Db, id: Id<'apiKey'>, expiresAt: Date): Promise<void> {
  await db
    .updateTable('api_keys')
    .set({ expires_at: sql`least(expires_at, ${expiresAt}::timestamptz)` })
    .where('id', '=', id)
    .execute()
}

export async function updateKeyRevoked(db: Db, id: Id<'apiKey'>, now: Date): Promise<boolean> {
  const result = await db
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Notes that a key was used; once a minute at most. */
export async function updateKeyUsed(db: Db, id: Id<'apiKey'>, now: Date): Promise<void> {
  await db
    .updateTable('api_keys')
    .set({ last_used_at: now })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', new Date(now.getTime() - 60_000))]))
    .execute()
}
