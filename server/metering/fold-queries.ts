import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'

/* Adding what committed events noted to the totals. Everything here runs under the fold lock. */

type Db = Kysely<Database>

/** "usage" in ASCII. */
const foldLock = 0x7573616765

/** Waits until no other transaction folds, and keeps others from folding until this one ends. */
export async function lockFold(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${foldLock})`.execute(db)
}

/** Totals of one workspace, day, meter and retention that have to be counted again from the events. */
export interface Recount {
  w: number
  d: string
  m: number
  r: number
  distinct: boolean
}

/**
 * Takes up to `batches` notes and adds them to hours and days. Where the day is closed, its quantity at the close is kept
 * and the workspace's day is marked late. Returns how many notes were taken, and which totals a correction made uncertain.
 */
export async function foldNotes(db: Db, now: Date, batches: number): Promise<{ taken: number; recounts: Recount[] }> {
  const { rows } = await sql<{ taken: number; recounts: Recount[] }>`
    /* planned once: metering.fold-notes */
    with taken as (
      delete from usage_unfolded where batch in (select batch from usage_unfolded order by batch limit ${batches})
      returning *
    ), cut as (
      update usage_fold set last_batch = greatest(last_batch, (select max(batch) from taken))
      where exists (select from taken)
    ), piece as materialized (
      select c.w, c.d, c.m, c.r, to_timestamp(c.h * 3600.0::float8) as hour, c.s, c.x, c.n, c.i, m.aggregation,
        case when exists (select from closed_days k where k.site = u.site and k.day = c.d) then 0 end as closed
      from taken
      cross join lateral unnest(workspaces, days, hours, meters, retentions, added, most, events, items)
        as c (w, d, h, m, r, s, x, n, i)
      join usage_meters m on m.number = c.m
      join usage_workspaces u on u.number = c.w
    ), fresh as (
      insert into usage_items (workspace, day, meter, retention, item, hour)
      select w, d, m, r, case when part = 1 then i else md5(i::text || part)::uuid end as item, min(hour)
      from piece cross join lateral generate_series(1, x::int) as part
      where aggregation = 'distinct' and n > 0
      group by w, d, m, r, 5
      on conflict do nothing
      returning workspace, day, meter, retention, hour
    ), change as materialized (
      select w, d, m, r, hour, sum(q) as q, sum(n) as n, max(closed) as closed, aggregation from (
        select w, d, m, r, hour, s as q, n, closed, aggregation from piece where aggregation = 'sum'
        union all
        select w, d, m, r, hour, max(x), sum(n), max(closed), aggregation from piece
        where aggregation = 'max' group by w, d, m, r, hour, aggregation
        union all
        select w, d, m, r, hour, 0, n, closed, aggregation from piece where aggregation = 'distinct'
        union all
        select workspace, day, meter, retention, hour, 1, 0, null, 'distinct' from fresh
      ) as part
      group by w, d, m, r, hour, aggregation
    ), hours as (
      insert into usage_hours as t (workspace, day, meter, retention, hour, quantity, events)
      select w, d, m, r, hour, coalesce(q, 0), n from change order by w, d, m, r, hour
      on conflict (workspace, day, meter, retention, hour) do update set
        quantity = case when (select aggregation from usage_meters where number = t.meter) = 'max'
          then greatest(t.quantity, excluded.quantity) else t.quantity + excluded.quantity end,
        events = t.events + excluded.events
    ), days as (
      insert into usage_days as t (workspace, day, meter, retention, quantity, closed_quantity, events)
      select w, d, m, r, coalesce(case aggregation when 'max' then max(q) else sum(q) end, 0), max(closed), sum(n)
      from change group by w, d, m, r, aggregation order by w, d, m, r
      on conflict (workspace, day, meter, retention) do update set
        closed_quantity = case when excluded.closed_quantity is null then t.closed_quantity
          else coalesce(t.closed_quantity, t.quantity) end,
        quantity = case when (select aggregation from usage_meters where number = t.meter) = 'max'
          then greatest(t.quantity, excluded.quantity) else t.quantity + excluded.quantity end,
        events = t.events + excluded.events
    ), late as (
      insert into usage_late_days (workspace, day, marked_at)
      select distinct w, d, ${now}::timestamptz from piece where closed = 0
      on conflict (workspace, day) do update set marked_at = excluded.marked_at
    )
    select (select count(*) from taken)::int as taken,
      (select coalesce(json_agg(uncertain), '[]') from (
        select distinct w, d, m, r, aggregation = 'distinct' as distinct from piece where aggregation <> 'sum' and n < 0
      ) as uncertain) as recounts`.execute(db)
  return rows[0] ?? { taken: 0, recounts: [] }
}

/** Number of the last group commit in the totals. */
export async function selectLastBatch(db: Db): Promise<number> {
  const row = await db.selectFrom('usage_fold').select('last_batch').executeTakeFirstOrThrow()
  return row.last_batch
}

/** Deletes up to `limit` items of days before one; returns how many there were. */
export async function deleteItemsBefore(db: Db, day: string, limit: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with gone as (
      delete from usage_items where ctid = any(array(select ctid from usage_items where day < ${day}::date limit ${limit}))
      returning 1
    ) select count(*) as count from gone`.execute(db)
  return rows[0]?.count ?? 0
}
