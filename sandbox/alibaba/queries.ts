import type { Db } from '../context.ts'
import type { MeteringEntry } from './metering.ts'

export type UnbilledReason = 'late' | 'not_in_service' | 'overlap'

export interface MeteringRecord extends MeteringEntry {
  id: string
  requestId: string
  assit: string
  unbilledBecause: UnbilledReason | null
  receivedAt: Date
}

/** Lets one call at a time push for these instances. */
export async function lockInstances(db: Db, instanceIds: readonly string[]): Promise<void> {
  await db.query(
    `select 1 from marketplace_sandbox.instances where instance_id = any($1) order by instance_id for update`,
    [instanceIds],
  )
}

/** Takes each instance's turn at `now`; answers false, taking none, when one had its turn after `since`. */
export async function takeTurns(
  db: Db,
  instanceIds: readonly string[],
  turn: { now: Date; since: Date },
): Promise<boolean> {
  const { rows } = await db.query(
    `select 1 from marketplace_sandbox.metering_turns where instance_id = any($1) and last_call_at > $2 limit 1`,
    [instanceIds, turn.since],
  )
  if (rows.length > 0) return false
  await db.query(
    `insert into marketplace_sandbox.metering_turns (instance_id, last_call_at)
     select unnest($1::text[]), $2 on conflict (instance_id) do update set last_call_at = excluded.last_call_at`,
    [instanceIds, turn.now],
  )
  return true
}

export async function servicePeriods(
  db: Db,
  instanceIds: readonly string[],
): Promise<{ instanceId: string; beganAt: Date; endedAt: Date | null }[]> {
  const { rows } = await db.query<{ instanceId: string; beganAt: Date; endedAt: Date | null }>(
    `select instance_id as "instanceId", began_at as "beganAt", ended_at as "endedAt"
     from marketplace_sandbox.service_periods where instance_id = any($1) order by began_at`,
    [instanceIds],
  )
  return rows
}

/** Whether an accepted record of the same instance and dimension shares any moment with this one. */
export async function overlaps(
  db: Db,
  entry: { instanceId: string; assit: string; startAt: Date; endAt: Date },
): Promise<boolean> {
  const { rows } = await db.query(
    `select 1 from marketplace_sandbox.metering_records
     where instance_id = $1 and metering_assit = $2 and start_at < $4 and end_at > $3 limit 1`,
    [entry.instanceId, entry.assit, entry.startAt, entry.endAt],
  )
  return rows.length > 0
}

export async function insertRecord(db: Db, record: Omit<MeteringRecord, 'id'>): Promise<void> {
  await db.query(
    `insert into marketplace_sandbox.metering_records
       (request_id, instance_id, metering_assit, metering_key, start_at, end_at, quantity, unbilled_because, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      record.requestId,
      record.instanceId,
      record.assit,
      record.key,
      record.startAt,
      record.endAt,
      record.quantity,
      record.unbilledBecause,
      record.receivedAt,
    ],
  )
}

/** Accepted records that start in [from, until), in the order accepted; `after` is the last id seen. */
export async function listRecords(
  db: Db,
  page: { instanceId: string | null; from: Date; until: Date; after: string | null; limit: number },
): Promise<MeteringRecord[]> {
  const { rows } = await db.query<MeteringRecord>(
    `select id, request_id as "requestId", instance_id as "instanceId", metering_assit as assit, metering_key as key,
       start_at as "startAt", end_at as "endAt", quantity::text, unbilled_because as "unbilledBecause", received_at as "receivedAt"
     from marketplace_sandbox.metering_records
     where ($1::text is null or instance_id = $1) and start_at >= $2 and start_at < $3 and ($4::bigint is null or id > $4)
     order by id limit $5`,
    [page.instanceId, page.from, page.until, page.after, page.limit],
  )
  return rows
}

export interface HourTotal {
  instanceId: string
  productCode: string
  assit: string
  key: string
  hour: Date
  records: number
  acceptedQuantity: string
  billedQuantity: string
}

/** Sums per instance, dimension and hour of start. */
export async function hourTotals(
  db: Db,
  range: { instanceId: string | null; from: Date; until: Date },
): Promise<HourTotal[]> {
  const { rows } = await db.query<HourTotal>(
    `select r.instance_id as "instanceId", i.product_code as "productCode", metering_assit as assit, metering_key as key,
       date_bin('1 hour', start_at, timestamptz '2000-01-01 00:00:00+00') as hour, count(*)::int as records,
       sum(quantity)::text as "acceptedQuantity",
       coalesce(sum(quantity) filter (where unbilled_because is null), 0)::text as "billedQuantity"
     from marketplace_sandbox.metering_records r join marketplace_sandbox.instances i using (instance_id)
     where ($1::text is null or r.instance_id = $1) and start_at >= $2 and start_at < $3
     group by 1, 2, 3, 4, 5 order by 1, 3, 5`,
    [range.instanceId, range.from, range.until],
  )
  return rows
}

export interface ApiCall {
  id: string
  requestId: string
  action: string
  parameters: Record<string, string>
  httpStatus: number
  code: string
  fault: string | null
  receivedAt: Date
}

export async function insertCall(db: Db, call: Omit<ApiCall, 'id'>): Promise<void> {
  await db.query(
    `insert into marketplace_sandbox.api_calls (request_id, action, parameters, http_status, code, fault, received_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      call.requestId,
      call.action.slice(0, 100),
      JSON.stringify(call.parameters).replaceAll('\\u0000', ''),
      call.httpStatus,
      call.code,
      call.fault,
      call.receivedAt,
    ],
  )
}

/** Newest first; `before` is the last id seen. */
export async function listCalls(db: Db, page: { before: string | null; limit: number }): Promise<ApiCall[]> {
  const { rows } = await db.query<ApiCall>(
    `select id, request_id as "requestId", action, parameters, http_status as "httpStatus", code, fault, received_at as "receivedAt"
     from marketplace_sandbox.api_calls where $1::bigint is null or id < $1 order by id desc limit $2`,
    [page.before, page.limit],
  )
  return rows
}

/** Answers false when the nonce was used before. */
export async function insertNonce(db: Db, nonce: string, seenAt: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into marketplace_sandbox.nonces (nonce, seen_at_real) values ($1, $2) on conflict do nothing`,
    [nonce, seenAt],
  )
  return rowCount === 1
}

export async function deleteNoncesBefore(db: Db, seenAt: Date): Promise<void> {
  await db.query(`delete from marketplace_sandbox.nonces where seen_at_real < $1`, [seenAt])
}

/** When the instance was last in service; null while it is or never was. */
export async function lastServiceEnd(db: Db, instanceId: string): Promise<Date | null> {
  const { rows } = await db.query<{ endedAt: Date | null }>(
    `select max(ended_at) as "endedAt" from marketplace_sandbox.service_periods where instance_id = $1`,
    [instanceId],
  )
  return rows[0]?.endedAt ?? null
}
