import { sql } from 'kysely'
import type { Insertable, Kysely, Selectable } from 'kysely'
import type { Id, InstanceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import { statesBefore } from './push-states.ts'
import type { PushState } from '../../contract/settlement.ts'
import type { PushStep } from './push-states.ts'
import { billSource } from './sources.ts'
import type { UsageRecordsTable } from './tables.ts'

type Db = Kysely<Database>

export type UsageRecordRow = Selectable<UsageRecordsTable>

/** One series of records: an instance's dimension. */
export interface Series {
  instanceId: InstanceId
  dimension: string
  item: string
}

/** Makes contributions and sealing of one series take turns until the transaction ends; returns what is carried. */
export async function lockCarry(db: Db, series: Series, now: Date): Promise<string> {
  await db
    .insertInto('usage_carries')
    .values({
      instance_id: series.instanceId,
      dimension: series.dimension,
      item: series.item,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.columns(['instance_id', 'dimension', 'item']).doNothing())
    .execute()
  const row = await db
    .selectFrom('usage_carries')
    .select('carried')
    .where('instance_id', '=', series.instanceId)
    .where('dimension', '=', series.dimension)
    .where('item', '=', series.item)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return row.carried
}

export async function updateCarry(db: Db, series: Series, carried: string, now: Date): Promise<void> {
  await db
    .updateTable('usage_carries')
    .set({ carried, updated_at: now })
    .where('instance_id', '=', series.instanceId)
    .where('dimension', '=', series.dimension)
    .where('item', '=', series.item)
    .execute()
}

/** What a source has contributed to a series so far, over all records. */
export async function selectContributed(db: Db, series: Series, source: string): Promise<string[]> {
  const rows = await db
    .selectFrom('usage_contributions')
    .select('quantity')
    .where('instance_id', '=', series.instanceId)
    .where('dimension', '=', series.dimension)
    .where('item', '=', series.item)
    .where('source', '=', source)
    .execute()
  return rows.map((row) => row.quantity)
}

/** What sources of a kind (`usage/`) have contributed to some instances, as far as they were last heard of since an instant. */
export async function selectContributedSince(
  db: Db,
  of: { instanceIds: readonly InstanceId[]; prefix: string; since: Date },
): Promise<{ instanceId: InstanceId; source: string; dimension: string; item: string; quantity: string }[]> {
  if (of.instanceIds.length === 0) return []
  return db
    .selectFrom('usage_contributions')
    .select((eb) => [
      'instance_id as instanceId',
      'source',
      'dimension',
      'item',
      eb.fn.sum<string>('quantity').as('quantity'),
    ])
    .where('instance_id', 'in', [...of.instanceIds])
    .where('updated_at', '>=', of.since)
    .where(sql<boolean>`starts_with(source, ${of.prefix})`)
    .groupBy(['instance_id', 'source', 'dimension', 'item'])
    .execute()
}

/** Which of some bills' shares of instances were taken up, put into a record or divided over several: `inst_… bill_…`. */
export async function selectBillsTakenUp(
  db: Db,
  of: readonly { instanceId: InstanceId; billId: Id<'dailyBill'> }[],
): Promise<Set<string>> {
  if (of.length === 0) return new Set()
  const { rows } = await sql<{ instanceId: InstanceId; billId: Id<'dailyBill'> }>`
    with asked as (
      select * from unnest(${of.map((each) => each.instanceId)}::text[], ${of.map((each) => each.billId)}::text[],
        ${of.map((each) => billSource(each.billId))}::text[]) as asked(instance_id, bill_id, source))
    select asked.instance_id as "instanceId", asked.bill_id as "billId"
    from asked
      join usage_carries s on s.instance_id = asked.instance_id
      join usage_contributions c on c.instance_id = s.instance_id and c.dimension = s.dimension and c.item = s.item
        and c.source = asked.source
    union
    select asked.instance_id, asked.bill_id
    from asked join metered_bills b on b.bill_id = asked.bill_id and b.instance_id = asked.instance_id`.execute(db)
  return new Set(rows.map(({ instanceId, billId }) => `${instanceId} ${billId}`))
}

/** Adds to what a source has contributed to an open record, and to the record's measure. */
export async function addContribution(
  db: Db,
  added: Series & { recordId: Id<'usageRecord'>; source: string; quantity: string; now: Date },
): Promise<void> {
  await db
    .insertInto('usage_contributions')
    .values({
      record_id: added.recordId,
      source: added.source,
      instance_id: added.instanceId,
      dimension: added.dimension,
      item: added.item,
      quantity: added.quantity,
      updated_at: added.now,
    })
    .onConflict((conflict) =>
      conflict.columns(['record_id', 'source']).doUpdateSet((eb) => ({
        quantity: sql<string>`${eb.ref('usage_contributions.quantity')} + ${eb.ref('excluded.quantity')}`,
        updated_at: added.now,
      })),
    )
    .execute()
  const { numUpdatedRows } = await db
    .updateTable('usage_records')
    .set({ measured: sql<string>`measured + ${added.quantity}::numeric` })
    .where('id', '=', added.recordId)
    .where('state', '=', 'OPEN')
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Error(`Usage record ${added.recordId} is not open.`)
}

/** Records of a series whose intervals lie within a period, in their order. */
export async function selectRecordsWithin(
  db: Db,
  series: Series,
  period: { from: Date; until: Date },
): Promise<UsageRecordRow[]> {
  return db
    .selectFrom('usage_records')
    .selectAll()
    .where('instance_id', '=', series.instanceId)
    .where('dimension', '=', series.dimension)
    .where('item', '=', series.item)
    .where('period_from', '>=', period.from)
    .where('period_from', '<', period.until)
    .orderBy('period_from')
    .execute()
}

export async function insertRecord(db: Db, row: Insertable<UsageRecordsTable>): Promise<void> {
  await db.insertInto('usage_records').values(row).execute()
}

export async function selectRecord(db: Db, id: Id<'usageRecord'>): Promise<UsageRecordRow | undefined> {
  return db.selectFrom('usage_records').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function lockRecord(db: Db, id: Id<'usageRecord'>): Promise<UsageRecordRow | undefined> {
  return db.selectFrom('usage_records').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Open records that are definite now, soonest deadline first. */
export async function selectToSeal(db: Db, now: Date, limit: number): Promise<UsageRecordRow[]> {
  return db
    .selectFrom('usage_records')
    .selectAll()
    .where('state', '=', 'OPEN')
    .where('seal_at', '<=', now)
    .orderBy('deadline')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Shortens an open record to the last interval of its instance; it is sealed when that is over. */
export async function endOpenRecord(
  db: Db,
  id: Id<'usageRecord'>,
  change: { until: Date; sealAt: Date },
): Promise<void> {
  await db
    .updateTable('usage_records')
    .set({ period_until: change.until, seal_at: change.sealAt })
    .where('id', '=', id)
    .where('state', '=', 'OPEN')
    .execute()
}

export async function selectOpenRecordsOf(db: Db, instanceId: InstanceId): Promise<UsageRecordRow[]> {
  return db
    .selectFrom('usage_records')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('state', '=', 'OPEN')
    .orderBy('period_from')
    .execute()
}

export interface RecordChange {
  state: PushState
  code?: string | null
  message?: string | null
  sendAfter?: Date
  alone?: boolean
  attempts?: number
  sealed?: { at: Date; carriedIn: string; unit: string; units: string; carriedOut: string }
  endedAt?: Date
}

/**
 * Writes what a step made of a record, where it may still be taken: the machine of push-states.ts repeated in SQL. False when the
 * record is elsewhere by now.
 */
export async function updateRecord(
  db: Db,
  id: Id<'usageRecord'>,
  step: PushStep,
  change: RecordChange,
): Promise<boolean> {
  const { sealed } = change
  const { numUpdatedRows } = await db
    .updateTable('usage_records')
    .set({
      state: change.state,
      ...(change.code !== undefined && { code: change.code }),
      ...(change.message !== undefined && { message: change.message }),
      ...(change.sendAfter && { send_after: change.sendAfter }),
      ...(change.alone !== undefined && { alone: change.alone }),
      ...(change.attempts !== undefined && { attempts: change.attempts }),
      ...(change.endedAt && { ended_at: change.endedAt }),
      ...(sealed && {
        sealed_at: sealed.at,
        carried_in: sealed.carriedIn,
        unit: sealed.unit,
        units: sealed.units,
        carried_out: sealed.carriedOut,
      }),
    })
    .where('id', '=', id)
    .where('state', 'in', statesBefore(step))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Sealed records whose deadline is at or before an instant. */
export async function selectSealedDueBy(db: Db, by: Date, limit: number): Promise<UsageRecordRow[]> {
  return db
    .selectFrom('usage_records')
    .selectAll()
    .where('state', '=', 'SEALED')
    .where('deadline', '<=', by)
    .orderBy('deadline')
    .limit(limit)
    .execute()
}

/** Sealed and unknown records of a product near their deadline nobody was told about. */
export async function selectNearDeadline(
  db: Db,
  product: { marketplace: string; productCode: string },
  by: Date,
  limit: number,
): Promise<UsageRecordRow[]> {
  return db
    .selectFrom('usage_records')
    .selectAll()
    .where('state', 'in', ['SEALED', 'UNKNOWN'])
    .where('marketplace', '=', product.marketplace)
    .where('product_code', '=', product.productCode)
    .where('warned_at', 'is', null)
    .where('deadline', '<=', by)
    .orderBy('deadline')
    .limit(limit)
    .execute()
}

export async function markWarned(db: Db, ids: readonly Id<'usageRecord'>[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('usage_records')
    .set({ warned_at: at })
    .where('id', 'in', [...ids])
    .execute()
}

/** Writes what became of uncollected money; false when somebody decided before. */
export async function updateUncollected(db: Db, id: Id<'usageRecord'>, choice: 'waived' | 'to_debt'): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('usage_records')
    .set({ uncollected: choice })
    .where('id', '=', id)
    .where('state', 'in', ['REJECTED', 'EXPIRED'])
    .where('uncollected', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The next instant at which something here falls due: sealing, sending, expiry. Null when nothing waits. */
export async function selectNextDue(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('usage_records')
    .select((eb) =>
      eb.fn
        .min<Date | null>(
          sql`case state when 'OPEN' then seal_at when 'SEALED' then least(greatest(send_after, sealed_at), deadline) end`,
        )
        .as('at'),
    )
    .where('state', 'in', ['OPEN', 'SEALED'])
    .executeTakeFirst()
  return row?.at ?? null
}
