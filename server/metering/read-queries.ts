import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { WorkspaceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { MeterCode } from './meters.ts'

/* What people look at: totals of the month, series for charts, events behind a day. */

type Db = Kysely<Database>

export interface MonthTotal {
  meter: MeterCode
  retention: number
  today: string
  yesterday: string
  toYesterday: string
  toNow: string
}

/** A workspace's totals of the month that `today` is in, per meter and retention. */
export async function selectMonthTotals(
  db: Db,
  workspaceId: WorkspaceId,
  days: { monthBegins: string; yesterday: string; today: string },
): Promise<MonthTotal[]> {
  const { monthBegins, yesterday, today } = days
  const total = (condition: ReturnType<typeof sql>) =>
    sql`trim_scale(coalesce(sum(d.quantity) filter (where ${condition}), 0))::text`
  const { rows } = await sql<MonthTotal>`
    select m.code as meter, d.retention,
      ${total(sql`d.day = ${today}::date`)} as today,
      ${total(sql`d.day = ${yesterday}::date`)} as yesterday,
      ${total(sql`d.day between ${monthBegins}::date and ${yesterday}::date`)} as "toYesterday",
      ${total(sql`d.day between ${monthBegins}::date and ${today}::date`)} as "toNow"
    from usage_workspaces w
    join usage_days d on d.workspace = w.number
      and d.day between least(${monthBegins}::date, ${yesterday}::date) and ${today}::date
    join usage_meters m on m.number = d.meter
    where w.workspace_id = ${workspaceId}
    group by m.code, d.retention`.execute(db)
  return rows
}

export interface SeriesPoint {
  at: string
  retention: number
  quantity: string
}

/** A meter's quantities per day or per hour, days of the site from `from` to `to`, both included. */
export async function selectSeries(
  db: Db,
  workspaceId: WorkspaceId,
  meter: MeterCode,
  range: { from: string; to: string; step: 'day' | 'hour' },
): Promise<SeriesPoint[]> {
  const at =
    range.step === 'day' ? sql`t.day::text` : sql`to_char(t.hour at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
  const table = range.step === 'day' ? sql`usage_days` : sql`usage_hours`
  const { rows } = await sql<SeriesPoint>`
    select ${at} as at, t.retention, trim_scale(t.quantity)::text as quantity
    from usage_workspaces w
    join usage_meters m on m.code = ${meter}
    join ${table} t on t.workspace = w.number and t.meter = m.number
      and t.day between ${range.from}::date and ${range.to}::date
    where w.workspace_id = ${workspaceId} and t.quantity > 0
    order by 1, 2`.execute(db)
  return rows
}

export interface StoredEventRow {
  key: string
  id: string
  source: string
  occurredAt: Date
  receivedAt: Date
  quantity: string
  item: string
  retention: number
  correction: { kind: 'void' | 'replace'; source: string; id: string } | null
}

/** Events of one workspace, meter and day, latest first. */
export async function selectEventsOfDay(
  db: Db,
  workspaceId: WorkspaceId,
  meter: MeterCode,
  day: string,
  after: { at: Date; id: string } | null,
  limit: number,
  retention: number | null = null,
): Promise<StoredEventRow[]> {
  const position = after ? sql`and (e.occurred_at, replace(e.key::text, '-', '')) < (${after.at}, ${after.id})` : sql``
  const { rows } = await sql<StoredEventRow>`
    select replace(e.key::text, '-', '') as key, e.event_id as id, s.source, e.occurred_at as "occurredAt",
      e.received_at as "receivedAt", trim_scale(e.quantity)::text as quantity, e.item, e.retention,
      case when c.key is not null then json_build_object('kind', c.kind, 'source', cs.source, 'id', c.event_id) end as correction
    from usage_workspaces w
    join usage_meters m on m.code = ${meter}
    join usage_events e on e.workspace = w.number and e.meter = m.number and e.day = ${day}::date
    join usage_sources s on s.number = e.source
    left join usage_corrections c on c.target = e.key
    left join usage_sources cs on cs.number = c.source
    where w.workspace_id = ${workspaceId} and (${retention}::int is null or e.retention = ${retention}) ${position}
    order by e.occurred_at desc, replace(e.key::text, '-', '') desc limit ${limit}`.execute(db)
  return rows
}
