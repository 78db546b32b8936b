import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { WorkspaceId } from '../../contract/ids.ts'
import type { Standing } from '../../contract/workspaces.ts'
import type { Database } from '../database.ts'
import { meters } from './meters.ts'
import type { DayAggregation, MeterCode } from './meters.ts'

/* Who and what usage is about: numbers for long texts, and what is read of totals. Writing is in event-queries.ts and fold-queries.ts. */

type Db = Kysely<Database>

export interface WorkspaceNumber {
  number: number
  site: string
}

/** The number a workspace's usage is kept under; given on first use. */
export async function numberWorkspace(db: Db, workspaceId: WorkspaceId, site: string): Promise<WorkspaceNumber> {
  await db
    .insertInto('usage_workspaces')
    .values({ workspace_id: workspaceId, site })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return db
    .selectFrom('usage_workspaces')
    .select(['number', 'site'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow()
}

/** Numbers of sources within a scope, by source; given on first use. */
export async function numberSources(db: Db, scope: string, sources: readonly string[]): Promise<Map<string, number>> {
  // In order, so that two calls with the same new sources never wait for each other in a circle.
  await sql`insert into usage_sources (scope, source)
    select ${scope}, source from unnest(${sources}::text[]) as given (source)
    where not exists (select from usage_sources u where u.scope = ${scope} and u.source = given.source)
    order by source on conflict do nothing`.execute(db)
  const rows = await db
    .selectFrom('usage_sources')
    .select(['source', 'number'])
    .where('scope', '=', scope)
    .where(sql<boolean>`source = any(${sources}::text[])`)
    .execute()
  return new Map(rows.map((row) => [row.source, row.number]))
}

/** Numbers of all meters; those new in this version are given one. */
export async function numberMeters(db: Db): Promise<Map<MeterCode, number>> {
  await db
    .insertInto('usage_meters')
    .values(meters.map(({ code, aggregation }) => ({ code, aggregation })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const rows = await db.selectFrom('usage_meters').select(['code', 'number']).execute()
  return new Map(rows.map((row) => [row.code as MeterCode, row.number]))
}

export interface DayTotal {
  workspaceId: WorkspaceId
  meter: MeterCode
  retention: number
  quantity: string
}

/** Totals of one day per workspace, meter and retention; `at_close` leaves out what came after the day was closed. */
export async function selectDayTotals(
  db: Db,
  workspaceIds: readonly string[],
  site: string,
  day: string,
  upTo: 'now' | 'close',
): Promise<DayTotal[]> {
  const quantity = upTo === 'now' ? sql`d.quantity` : sql`coalesce(d.closed_quantity, d.quantity)`
  const { rows } = await sql<DayTotal>`
    select w.workspace_id as "workspaceId", m.code as meter, d.retention, trim_scale(${quantity})::text as quantity
    from usage_workspaces w
    join usage_days d on d.workspace = w.number and d.day = ${day}::date
    join usage_meters m on m.number = d.meter
    where w.workspace_id = any(${workspaceIds}::text[]) and w.site = ${site} and ${quantity} > 0
    order by w.workspace_id, m.code, d.retention`.execute(db)
  return rows
}

/** Workspaces of a site with usage on a day, in order of their ids. */
export async function selectWorkspacesWithUsage(
  db: Db,
  site: string,
  day: string,
  after: string,
  limit: number,
): Promise<WorkspaceId[]> {
  const { rows } = await sql<{ id: WorkspaceId }>`
    select w.workspace_id as id from usage_workspaces w
    where w.site = ${site} and w.workspace_id > ${after}
      and exists (select from usage_days d where d.workspace = w.number and d.day = ${day}::date)
    order by w.workspace_id limit ${limit}`.execute(db)
  return rows.map((row) => row.id)
}

export interface HourTotal extends DayTotal {
  hour: Date
}

/** Totals per hour with `from` ≤ hour < `to`. */
export async function selectHourTotals(
  db: Db,
  workspaceIds: readonly string[],
  from: Date,
  to: Date,
): Promise<HourTotal[]> {
  const { rows } = await sql<HourTotal>`
    select w.workspace_id as "workspaceId", m.code as meter, h.retention, h.hour, trim_scale(sum(h.quantity))::text as quantity
    from usage_workspaces w
    join usage_hours h on h.workspace = w.number
      and h.day between (${from}::timestamptz - interval '2 days')::date and (${to}::timestamptz + interval '2 days')::date
      and h.hour >= ${from} and h.hour < ${to}
    join usage_meters m on m.number = h.meter
    where w.workspace_id = any(${workspaceIds}::text[])
    group by 1, 2, 3, 4
    having sum(h.quantity) > 0
    order by 1, 4, 2, 3`.execute(db)
  return rows
}

/** The words of a closed day's cut; undefined while it is open. */
export async function selectCut(db: Db, site: string, day: string): Promise<string | undefined> {
  const { rows } = await sql<{ cut: string }>`
    select cut from closed_days where site = ${site} and day = ${day}::date`.execute(db)
  return rows[0]?.cut
}

export async function insertClosedDay(db: Db, site: string, day: string, closedAt: Date, cut: string): Promise<void> {
  await sql`insert into closed_days (site, day, closed_at, cut) values (${site}, ${day}::date, ${closedAt}, ${cut})
    on conflict do nothing`.execute(db)
}

export interface LateDay {
  workspaceId: WorkspaceId
  day: string
}

/** Removes marks and returns them, oldest day first; another transaction that marks one waits for this one's end. */
export async function deleteLateDays(
  db: Db,
  site: string,
  workspaceIds: readonly string[] | null,
  before: string | null,
  limit: number,
): Promise<LateDay[]> {
  const { rows } = await sql<LateDay>`
    with chosen as (
      select l.workspace, l.day from usage_late_days l join usage_workspaces w on w.number = l.workspace
      where w.site = ${site} and (${workspaceIds}::text[] is null or w.workspace_id = any(${workspaceIds}::text[]))
        and (${before}::date is null or l.day < ${before}::date)
      order by l.day, l.workspace limit ${limit}
      for update of l
    ), gone as (
      delete from usage_late_days l using chosen c where l.workspace = c.workspace and l.day = c.day
      returning l.workspace, l.day
    )
    select w.workspace_id as "workspaceId", gone.day::text as day
    from gone join usage_workspaces w on w.number = gone.workspace
    order by gone.day, w.workspace_id`.execute(db)
  return rows
}

/** How a meter's number aggregates; for checks. */
export async function selectMeterNumbers(
  db: Db,
): Promise<{ number: number; code: MeterCode; aggregation: DayAggregation }[]> {
  const rows = await db.selectFrom('usage_meters').selectAll().orderBy('number').execute()
  return rows.map((row) => ({ ...row, code: row.code as MeterCode }))
}

export interface TakerRow {
  id: string
  site: string
  plan: 'free' | 'commercial'
  standing: Standing
  /** Null before its first usage. */
  number: number | null
}

/** Workspaces by id with what receiving usage needs to know; dissolved ones are gone. */
export async function selectTakers(db: Db, ids: readonly string[]): Promise<TakerRow[]> {
  const { rows } = await sql<TakerRow>`
    select w.id, w.site, w.plan, w.standing, u.number
    from workspaces w left join usage_workspaces u on u.workspace_id = w.id
    where w.id = any(${ids}::text[]) and w.standing <> 'dissolved'`.execute(db)
  return rows
}

/** A workspace's quantities of one day per meter, rounded to whole numbers. */
export async function selectUsedToday(db: Db, workspace: number, day: string): Promise<Map<MeterCode, number>> {
  const { rows } = await sql<{ meter: MeterCode; quantity: number }>`
    select m.code as meter, floor(sum(d.quantity))::bigint as quantity
    from usage_days d join usage_meters m on m.number = d.meter
    where d.workspace = ${workspace} and d.day = ${day}::date
    group by 1`.execute(db)
  return new Map(rows.map((row) => [row.meter, row.quantity]))
}
