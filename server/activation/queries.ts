import { sql } from 'kysely'
import type { Kysely, Selectable, Updateable } from 'kysely'
import type { ActivationId, BillingAccountId, Id, InstanceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { ActivationBrowsersTable, ActivationDraft, ActivationsTable } from './tables.ts'

type Db = Kysely<Database>

export type ActivationRow = Selectable<ActivationsTable>
export type BrowserRow = Selectable<ActivationBrowsersTable>

export async function selectActivation(db: Db, id: ActivationId): Promise<ActivationRow | undefined> {
  return db.selectFrom('activations').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Locks the activation, so that two submits of one step take turns. */
export async function lockActivation(db: Db, id: ActivationId): Promise<ActivationRow> {
  return db.selectFrom('activations').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

/** Inserts the activation of an instance unless there is one. */
export async function insertActivation(
  db: Db,
  row: Pick<ActivationRow, 'id' | 'source' | 'instance_id' | 'path' | 'site' | 'language' | 'created_at'>,
): Promise<ActivationRow | undefined> {
  return db
    .insertInto('activations')
    .values(row)
    .onConflict((conflict) => conflict.column('instance_id').doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function selectActivationOfInstance(db: Db, instanceId: InstanceId): Promise<ActivationRow | undefined> {
  return db.selectFrom('activations').selectAll().where('instance_id', '=', instanceId).executeTakeFirst()
}

export async function updateActivation(
  db: Db,
  id: ActivationId,
  change: Updateable<Omit<ActivationsTable, 'draft'>>,
): Promise<void> {
  await db.updateTable('activations').set(change).where('id', '=', id).execute()
}

export async function updateDraft(db: Db, id: ActivationId, draft: ActivationDraft | null): Promise<void> {
  await db
    .updateTable('activations')
    .set({ draft: draft === null ? null : JSON.stringify(draft) })
    .where('id', '=', id)
    .execute()
}

/** The newest activation an account has begun and not finished. */
export async function selectOpenActivation(
  db: Db,
  billingAccountId: BillingAccountId,
): Promise<ActivationRow | undefined> {
  return db
    .selectFrom('activations')
    .selectAll()
    .where('billing_account_id', '=', billingAccountId)
    .where('state', '=', 'open')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function selectBrowserByToken(db: Db, tokenHash: string, now: Date): Promise<BrowserRow | undefined> {
  return db
    .selectFrom('activation_browsers')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

export async function selectBrowser(db: Db, id: Id<'activationBrowser'>): Promise<BrowserRow> {
  return db.selectFrom('activation_browsers').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

export async function insertBrowser(db: Db, row: BrowserRow): Promise<void> {
  await db.insertInto('activation_browsers').values(row).execute()
}

export async function updateBrowser(
  db: Db,
  id: Id<'activationBrowser'>,
  change: Updateable<ActivationBrowsersTable>,
): Promise<void> {
  await db.updateTable('activation_browsers').set(change).where('id', '=', id).execute()
}

/** Forgets what every browser of an activation has proven of a draft. */
export async function forgetDraftProofs(db: Db, activationId: ActivationId): Promise<void> {
  await db
    .updateTable('activation_browsers')
    .set({ proven_subject: null })
    .where('activation_id', '=', activationId)
    .where(sql<boolean>`proven_subject like 'email:%'`)
    .execute()
}
