import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { Id, InstanceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { UsageRecordRow } from './queries.ts'
import type { PushCallRecordsTable } from './tables.ts'

type Db = Kysely<Database>

/** A sealed record with the marketplace's name of its instance. */
export type SealedRecord = UsageRecordRow & { instanceRef: string }

/** Sealed records that may be sent now, soonest deadline first. */
export async function selectSendable(
  db: Db,
  of: { now: Date; deadlineAfter: Date; limit: number },
): Promise<SealedRecord[]> {
  return db
    .selectFrom('usage_records')
    .innerJoin('marketplace_instances', 'marketplace_instances.id', 'usage_records.instance_id')
    .selectAll('usage_records')
    .select('marketplace_instances.instance_ref as instanceRef')
    .where('state', '=', 'SEALED')
    .where('send_after', '<=', of.now)
    .where('deadline', '>', of.deadlineAfter)
    .orderBy('deadline')
    .orderBy('usage_records.id')
    .limit(of.limit)
    .execute()
}

/** When instances last had their turn. */
export async function selectTurns(db: Db, ids: readonly InstanceId[]): Promise<Map<InstanceId, Date>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('push_turns')
    .select(['instance_id', 'last_call_at'])
    .where('instance_id', 'in', [...ids])
    .execute()
  return new Map(rows.flatMap((row) => (row.last_call_at ? [[row.instance_id, row.last_call_at] as const] : [])))
}

/**
 * Takes the turns of some instances, where none has had one after `since` and nobody else is taking one; false otherwise. In order
 * of ids, so that two takers cannot wait for each other.
 */
export async function takeTurns(db: Db, ids: readonly InstanceId[], of: { now: Date; since: Date }): Promise<boolean> {
  const instanceIds = [...new Set(ids)].toSorted()
  await db
    .insertInto('push_turns')
    .values(instanceIds.map((instance_id) => ({ instance_id, last_call_at: null })))
    .onConflict((conflict) => conflict.column('instance_id').doNothing())
    .execute()
  const free = await db
    .selectFrom('push_turns')
    .select('instance_id')
    .where('instance_id', 'in', instanceIds)
    .where((eb) => eb.or([eb('last_call_at', 'is', null), eb('last_call_at', '<=', of.since)]))
    .orderBy('instance_id')
    .forUpdate()
    .skipLocked()
    .execute()
  if (free.length < instanceIds.length) return false
  await db.updateTable('push_turns').set({ last_call_at: of.now }).where('instance_id', 'in', instanceIds).execute()
  return true
}

/** Writes a call about to be made, and SENDING to its records. False, with nothing to undo but the caller's transaction, when one is elsewhere by now. */
export async function insertCall(
  db: Db,
  call: {
    id: Id<'push'>
    marketplace: string
    productCode: string
    request: unknown[]
    records: readonly Id<'usageRecord'>[]
    now: Date
  },
): Promise<boolean> {
  await db
    .insertInto('push_calls')
    .values({
      id: call.id,
      marketplace: call.marketplace,
      product_code: call.productCode,
      started_at: call.now,
      request: JSON.stringify(call.request),
    })
    .execute()
  await db
    .insertInto('push_call_records')
    .values(call.records.map((record_id) => ({ call_id: call.id, record_id })))
    .execute()
  const { numUpdatedRows } = await db
    .updateTable('usage_records')
    .set((eb) => ({ state: 'SENDING', call_id: call.id, attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', [...call.records])
    .where('state', '=', 'SEALED')
    .executeTakeFirst()
  return numUpdatedRows === BigInt(call.records.length)
}

/** False when it was finished before. */
export async function finishCall(db: Db, id: Id<'push'>, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('push_calls')
    .set({ finished_at: at })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function updateCallRecord(
  db: Db,
  of: { callId: Id<'push'>; recordId: Id<'usageRecord'> },
  answer: Pick<Selectable<PushCallRecordsTable>, 'verdict' | 'code' | 'message' | 'receipt'>,
): Promise<void> {
  await db
    .updateTable('push_call_records')
    .set(answer)
    .where('call_id', '=', of.callId)
    .where('record_id', '=', of.recordId)
    .execute()
}

/** Calls without an answer, oldest first. */
export async function selectRunningCalls(db: Db, limit: number): Promise<Id<'push'>[]> {
  const rows = await db
    .selectFrom('push_calls')
    .select('id')
    .where('finished_at', 'is', null)
    .orderBy('started_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Records whose last call this is. */
export async function lockRecordsOfCall(db: Db, callId: Id<'push'>): Promise<UsageRecordRow[]> {
  return db.selectFrom('usage_records').selectAll().where('call_id', '=', callId).orderBy('id').forUpdate().execute()
}

/**
 * A lock held on this connection for as long as a call runs, with no transaction open. It goes with the process: whoever can
 * take it knows that the sender is dead.
 */
export async function lockCall(connection: Db, id: Id<'push'>): Promise<boolean> {
  const { rows } = await sql<{
    taken: boolean
  }>`select pg_try_advisory_lock(hashtextextended(${id}, 11)) as taken`.execute(connection)
  return rows[0]?.taken ?? false
}

export async function unlockCall(connection: Db, id: Id<'push'>): Promise<void> {
  await sql`select pg_advisory_unlock(hashtextextended(${id}, 11))`.execute(connection)
}
