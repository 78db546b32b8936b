import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { MeterCode } from './meters.ts'

/** A total that is not what its events add up to. */
export interface TotalDifference {
  workspaceId: string
  day: string
  /** Null: the total of the day. */
  hour: string | null
  meter: MeterCode
  retention: number
  /** What the total says; null where there is none. */
  kept: string | null
  /** What the events say; null where there are none. */
  counted: string | null
}

/**
 * Compares totals with the fold of all events in one statement, so that all of it is seen at one moment. What is committed
 * and not yet counted is taken off sums; maxima and distinct counts with such changes are left for the next look.
 */
export async function selectDifferences(
  db: Kysely<Database>,
  workspaceIds: readonly string[] | null,
  limit: number,
): Promise<TotalDifference[]> {
  const { rows } = await sql<TotalDifference>`
    with chosen as materialized (
      select number, workspace_id from usage_workspaces
      where erasing_since is null and (${workspaceIds}::text[] is null or workspace_id = any(${workspaceIds}::text[]))
    ), pending as materialized (
      select c.w, c.d, c.m, c.r, to_timestamp(c.h * 3600.0::float8) as hour, c.s
      from usage_unfolded cross join lateral unnest(workspaces, days, hours, meters, retentions, added)
        as c (w, d, h, m, r, s)
      join chosen on chosen.number = c.w
    ), event as materialized (
      select e.workspace as w, e.day as d, e.meter as m, e.retention as r, e.quantity as q, e.item, k.aggregation,
        date_bin('1 hour', e.occurred_at, timestamptz '2000-01-01 00:00:00+00') as hour
      from usage_events e join chosen on chosen.number = e.workspace join usage_meters k on k.number = e.meter
      where not exists (select from usage_corrections c where c.target = e.key)
    ), counted as (
      select w, d, m, r, hour, sum(q) as q from (
        select w, d, m, r, hour, q from event where aggregation = 'sum'
        union all
        select w, d, m, r, hour, -s from pending join usage_meters k on k.number = m and k.aggregation = 'sum'
      ) as parts group by grouping sets ((w, d, m, r, hour), (w, d, m, r))
      union all
      select w, d, m, r, hour, max(q) from event where aggregation = 'max'
      group by grouping sets ((w, d, m, r, hour), (w, d, m, r))
      union all
      select w, d, m, r, null, count(*) from (
        select distinct w, d, m, r, item, part
        from event cross join lateral generate_series(1, q::int) as part where aggregation = 'distinct'
      ) as item group by w, d, m, r
      union all
      select workspace, day, meter, retention, null, count(*) from usage_items join chosen on number = workspace
      group by 1, 2, 3, 4
    ), kept as (
      select workspace as w, day as d, meter as m, retention as r, null::timestamptz as hour, quantity as q
      from usage_days join chosen on number = workspace
      union all
      select workspace, day, meter, retention, hour, quantity from usage_hours join chosen on number = workspace
      where (select aggregation from usage_meters where number = meter) <> 'distinct'
      union all
      select workspace, day, meter, retention, null, sum(quantity) from usage_hours join chosen on number = workspace
      where (select aggregation from usage_meters where number = meter) = 'distinct' group by 1, 2, 3, 4
    )
    select chosen.workspace_id as "workspaceId", d::text as day, hour::text, k.code as meter, r as retention,
      trim_scale(kept_q)::text as kept, trim_scale(counted_q)::text as counted
    from (
      select coalesce(kept.w, counted.w) as w, coalesce(kept.d, counted.d) as d, coalesce(kept.m, counted.m) as m,
        coalesce(kept.r, counted.r) as r, coalesce(kept.hour, counted.hour) as hour, kept.q as kept_q, counted.q as counted_q
      from kept full join counted on kept.w = counted.w and kept.d = counted.d and kept.m = counted.m
        and kept.r = counted.r and coalesce(kept.hour, '-infinity') = coalesce(counted.hour, '-infinity')
    ) as total
    join chosen on chosen.number = w
    join usage_meters k on k.number = m
    where coalesce(kept_q, 0) <> coalesce(counted_q, 0)
      and (k.aggregation = 'sum' or not exists (
        select from pending p where p.w = total.w and p.d = total.d and p.m = total.m and p.r = total.r))
    order by 1, 2, 4, 5, 3 limit ${limit}`.execute(db)
  return rows
}
