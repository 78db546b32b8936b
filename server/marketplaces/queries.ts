import { sql } from 'kysely'
import type { Insertable, Kysely, Selectable } from 'kysely'
import type { CloudAccountId, Id, InstanceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { KnownInstance } from './instance.ts'
import type { HandoffsTable, MarketplaceInstancesTable, MarketplaceNotificationsTable, Verdict } from './tables.ts'

type Db = Kysely<Database>

/** An instance with the marketplace's name of the cloud account it belongs to. */
export type InstanceRow = Selectable<MarketplaceInstancesTable> & { cloudAccountRef: string }

function instances(db: Db) {
  return db
    .selectFrom('marketplace_instances')
    .innerJoin('cloud_accounts', 'cloud_accounts.id', 'marketplace_instances.cloud_account_id')
    .selectAll('marketplace_instances')
    .select('cloud_accounts.account_ref as cloudAccountRef')
}

export async function selectInstance(db: Db, id: InstanceId): Promise<InstanceRow | undefined> {
  return instances(db).where('marketplace_instances.id', '=', id).executeTakeFirst()
}

export async function selectInstanceByRef(
  db: Db,
  marketplace: string,
  instanceRef: string,
): Promise<InstanceRow | undefined> {
  return instances(db)
    .where('marketplace_instances.marketplace', '=', marketplace)
    .where('instance_ref', '=', instanceRef)
    .executeTakeFirst()
}

/** Newest first. */
export async function selectInstancesOf(db: Db, cloudAccountIds: readonly CloudAccountId[]): Promise<InstanceRow[]> {
  if (cloudAccountIds.length === 0) return []
  return instances(db)
    .where('marketplace_instances.cloud_account_id', 'in', cloudAccountIds)
    .orderBy('purchased_at', 'desc')
    .orderBy('marketplace_instances.id', 'desc')
    .execute()
}

/** Instances of a product that are open, or closed after an instant; in order of ids, `limit` after one. */
export async function selectInstancesOfProduct(
  db: Db,
  of: { marketplace: string; productCode: string; closedAfter: Date; after: string; limit: number },
): Promise<InstanceRow[]> {
  return instances(db)
    .where('marketplace_instances.marketplace', '=', of.marketplace)
    .where('product_code', '=', of.productCode)
    .where((eb) => eb.or([eb('status', '=', 'active'), eb('status_changed_at', '>=', of.closedAfter)]))
    .where('marketplace_instances.id', '>', of.after as InstanceId)
    .orderBy('marketplace_instances.id')
    .limit(of.limit)
    .execute()
}

/**
 * Makes everything said about one instance take turns until the transaction ends, from before its row exists. Gives up after
 * two seconds: the marketplace waits for an answer and will call again.
 */
export async function lockInstanceRef(db: Db, marketplace: string, instanceRef: string): Promise<void> {
  await sql`set local lock_timeout = '2s'`.execute(db)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`instance ${marketplace} ${instanceRef}`}, 0))`.execute(db)
}

export async function insertInstance(db: Db, row: Insertable<MarketplaceInstancesTable>): Promise<void> {
  await db.insertInto('marketplace_instances').values(row).execute()
}

export interface InstanceChange extends KnownInstance {
  items: Record<string, string>
}

/** Writes what an instance has become. Released rows are never touched: the rule of `instance.ts` repeated in SQL. */
export async function updateInstance(db: Db, id: InstanceId, change: InstanceChange, now: Date): Promise<void> {
  await db
    .updateTable('marketplace_instances')
    .set((eb) => ({
      status: change.status,
      sku: change.sku,
      items: JSON.stringify(change.items),
      expires_on: change.expiresOn,
      status_changed_at: eb.case().when('status', '=', change.status).then(eb.ref('status_changed_at')).else(now).end(),
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', id)
    .where('status', '!=', 'released')
    .execute()
}

export async function markConfirmed(db: Db, id: InstanceId, at: Date): Promise<void> {
  await db.updateTable('marketplace_instances').set({ confirmed_at: at }).where('id', '=', id).execute()
}

export async function insertNotification(
  db: Db,
  row: Omit<Selectable<MarketplaceNotificationsTable>, 'id'> & { id: Id<'notification'> },
): Promise<void> {
  await db
    .insertInto('marketplace_notifications')
    .values({ ...row, params: JSON.stringify(row.params), answer: JSON.stringify(row.answer) })
    .execute()
}

/** What came of earlier notifications like this one: same instance, action and key. */
export async function selectEarlierVerdicts(
  db: Db,
  like: { marketplace: string; instanceRef: string; action: string; dedupeKey: string | null },
): Promise<Set<Verdict>> {
  const rows = await db
    .selectFrom('marketplace_notifications')
    .select('verdict')
    .distinct()
    .where('marketplace', '=', like.marketplace)
    .where('instance_ref', '=', like.instanceRef)
    .where('action', '=', like.action)
    .where('dedupe_key', 'is not distinct from', like.dedupeKey)
    .execute()
  return new Set(rows.map((row) => row.verdict))
}

export async function deleteRejectedBefore(db: Db, at: Date): Promise<void> {
  await db
    .deleteFrom('marketplace_notifications')
    .where('verdict', '=', 'rejected')
    .where('received_at', '<', at)
    .execute()
}

/** Inserts the use of a hand-off; undefined when it was used before. Waits for another use of it that is being written. */
export async function insertHandOff(
  db: Db,
  row: Insertable<HandoffsTable>,
): Promise<{ fingerprint: string } | undefined> {
  return db
    .insertInto('handoffs')
    .values(row)
    .onConflict((conflict) => conflict.column('fingerprint').doNothing())
    .returning('fingerprint')
    .executeTakeFirst()
}

export async function selectHandOff(db: Db, fingerprint: string): Promise<Selectable<HandoffsTable>> {
  return db.selectFrom('handoffs').selectAll().where('fingerprint', '=', fingerprint).executeTakeFirstOrThrow()
}

export async function deleteHandOffsBefore(db: Db, at: Date): Promise<void> {
  await db.deleteFrom('handoffs').where('used_at', '<', at).execute()
}
