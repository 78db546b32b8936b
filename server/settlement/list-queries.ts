import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { BillingAccountId, Id, InstanceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { PagePosition } from '../platform/paging.ts'
import type { PushState } from '../../contract/settlement.ts'
import type { UsageRecordRow } from './queries.ts'
import type { ReconciliationsTable, SettlementDifferencesTable, UsageContributionsTable } from './tables.ts'

type Db = Kysely<Database>

/** A record with the marketplace's name of its instance. */
export type PushRow = UsageRecordRow & { instanceRef: string }

function pushes(db: Db) {
  return db
    .selectFrom('usage_records')
    .innerJoin('marketplace_instances', 'marketplace_instances.id', 'usage_records.instance_id')
    .selectAll('usage_records')
    .select('marketplace_instances.instance_ref as instanceRef')
}

export async function selectPush(db: Db, id: Id<'usageRecord'>): Promise<PushRow | undefined> {
  return pushes(db).where('usage_records.id', '=', id).executeTakeFirst()
}

export interface PushFilter {
  state: PushState | null
  marketplace: string | null
  productCode: string | null
  instanceRef: string | null
  deadlineBefore: Date | null
  order: 'soonest' | 'latest'
}

/** Records by deadline. */
export async function selectPushes(
  db: Db,
  filter: PushFilter,
  after: PagePosition | null,
  limit: number,
): Promise<PushRow[]> {
  const soonest = filter.order === 'soonest'
  let query = pushes(db)
  if (filter.state) query = query.where('usage_records.state', '=', filter.state)
  if (filter.marketplace) query = query.where('usage_records.marketplace', '=', filter.marketplace)
  if (filter.productCode) query = query.where('usage_records.product_code', '=', filter.productCode)
  if (filter.instanceRef) query = query.where('marketplace_instances.instance_ref', '=', filter.instanceRef)
  if (filter.deadlineBefore) query = query.where('deadline', '<', filter.deadlineBefore)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('deadline', 'usage_records.id'), soonest ? '>' : '<', tuple(after.at, after.id as Id<'usageRecord'>)),
    )
  }
  const direction = soonest ? 'asc' : 'desc'
  return query.orderBy('deadline', direction).orderBy('usage_records.id', direction).limit(limit).execute()
}

export async function countByState(db: Db): Promise<{ state: PushState; count: number; nextDeadline: Date | null }[]> {
  return db
    .selectFrom('usage_records')
    .select((eb) => [
      'state',
      eb.fn.countAll<number>().as('count'),
      eb.fn.min<Date | null>('deadline').as('nextDeadline'),
    ])
    .groupBy('state')
    .execute()
}

/** Records that were warned of and still can be mended. */
export async function countNearDeadline(db: Db, now: Date): Promise<number> {
  const row = await db
    .selectFrom('usage_records')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', 'in', ['SEALED', 'SENDING', 'UNKNOWN'])
    .where('warned_at', 'is not', null)
    .where('deadline', '>', now)
    .executeTakeFirstOrThrow()
  return row.count
}

/** Records without an end state by the hour (UTC) of their deadline, up to an instant; soonest first. */
export async function countByDeadline(
  db: Db,
  until: Date,
): Promise<{ from: Date; open: number; waiting: number; near: number }[]> {
  const { rows } = await sql<{ from: Date; open: number; waiting: number; near: number }>`
    select date_trunc('hour', deadline, 'UTC') as "from",
      count(*) filter (where state = 'OPEN') as open,
      count(*) filter (where state <> 'OPEN' and warned_at is null) as waiting,
      count(*) filter (where state <> 'OPEN' and warned_at is not null) as near
    from usage_records
    where state in ('OPEN', 'SEALED', 'SENDING', 'UNKNOWN') and deadline < ${until}
    group by 1 order by 1`.execute(db)
  return rows
}

export async function countStandingDifferences(db: Db): Promise<number> {
  const row = await db
    .selectFrom('settlement_differences')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('gone_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row.count
}

/** Calls a record was in, latest first. */
export async function selectCallsOf(db: Db, recordId: Id<'usageRecord'>, limit: number) {
  return db
    .selectFrom('push_call_records')
    .innerJoin('push_calls', 'push_calls.id', 'push_call_records.call_id')
    .select((eb) => [
      'push_calls.id',
      'started_at',
      'finished_at',
      'verdict',
      'code',
      'message',
      'receipt',
      eb
        .selectFrom('push_call_records as together')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .whereRef('together.call_id', '=', 'push_calls.id')
        .as('reports'),
    ])
    .where('record_id', '=', recordId)
    .orderBy('started_at', 'desc')
    .orderBy('push_calls.id', 'desc')
    .limit(limit)
    .execute()
}

/** What a record is made of, latest change first. */
export async function selectSourcesOf(
  db: Db,
  recordId: Id<'usageRecord'>,
  after: PagePosition | null,
  limit: number,
): Promise<Selectable<UsageContributionsTable>[]> {
  let query = db.selectFrom('usage_contributions').selectAll().where('record_id', '=', recordId)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('updated_at', 'source'), '<', tuple(after.at, after.id)),
    )
  }
  return query.orderBy('updated_at', 'desc').orderBy('source', 'desc').limit(limit).execute()
}

export interface DifferenceFilter {
  standingOnly: boolean
  productCode: string | null
  instanceRef: string | null
  day: string | null
}

export async function selectDifferences(
  db: Db,
  filter: DifferenceFilter,
  after: PagePosition | null,
  limit: number,
): Promise<Selectable<SettlementDifferencesTable>[]> {
  let query = db.selectFrom('settlement_differences').selectAll()
  if (filter.standingOnly) query = query.where('gone_at', 'is', null)
  if (filter.productCode) query = query.where('product_code', '=', filter.productCode)
  if (filter.instanceRef) query = query.where('instance_ref', '=', filter.instanceRef)
  if (filter.day) query = query.where('day', '=', filter.day)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('first_seen_at', 'id'), '<', tuple(after.at, after.id as Id<'difference'>)),
    )
  }
  return query.orderBy('first_seen_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** One text that names a reconciled day, for paging. */
const dayName = sql<string>`marketplace || '/' || product_code || '/' || day`

export async function selectReconciliations(
  db: Db,
  filter: { productCode: string | null },
  after: PagePosition | null,
  limit: number,
): Promise<(Selectable<ReconciliationsTable> & { name: string })[]> {
  let query = db.selectFrom('reconciliations').selectAll().select(dayName.as('name'))
  if (filter.productCode) query = query.where('product_code', '=', filter.productCode)
  if (after) query = query.where(sql<boolean>`(ran_at, ${dayName}) < (${after.at}, ${after.id})`)
  return query.orderBy('ran_at', 'desc').orderBy(dayName, 'desc').limit(limit).execute()
}

/** Whether an instance's cloud account is held by a Billing Center account. */
export async function holdsInstance(
  db: Db,
  of: { instanceId: InstanceId; billingAccountId: BillingAccountId },
): Promise<boolean> {
  const row = await db
    .selectFrom('marketplace_instances')
    .innerJoin('cloud_accounts', 'cloud_accounts.id', 'marketplace_instances.cloud_account_id')
    .select('marketplace_instances.id')
    .where('marketplace_instances.id', '=', of.instanceId)
    .where('cloud_accounts.billing_account_id', '=', of.billingAccountId)
    .executeTakeFirst()
  return row !== undefined
}

/** Records of an instance, latest period first. */
export async function selectReported(
  db: Db,
  instanceId: InstanceId,
  after: PagePosition | null,
  limit: number,
): Promise<UsageRecordRow[]> {
  let query = db.selectFrom('usage_records').selectAll().where('instance_id', '=', instanceId)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('period_from', 'id'), '<', tuple(after.at, after.id as Id<'usageRecord'>)),
    )
  }
  return query.orderBy('period_from', 'desc').orderBy('id', 'desc').limit(limit).execute()
}
