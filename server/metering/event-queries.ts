import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'

/* Writing events, each key once for ever, with what they add to the totals, in one statement. */

/** An event ready to be written: everything resolved to numbers. */
export interface EventRow {
  /** 32 hex digits; see `eventKey`. */
  key: string
  /** Milliseconds since 1970. */
  occurredMs: number
  workspace: number
  day: string
  source: number
  meter: number
  retention: number
  quantity: string
  eventId: string
  item: string
}

/**
 * Inserts the events whose keys are new and notes, in the same statement, what they add to the totals. Returns the keys
 * inserted, or null when all were. Keys go in in order, so that two statements with the same keys never wait for each other in a circle.
 */
export async function insertEvents(
  db: Kysely<Database>,
  receivedAt: Date,
  events: readonly EventRow[],
): Promise<Set<string> | null> {
  const { rows } = await sql<{ keys: string[] | null }>`
    /* planned once: metering.insert-events */
    with added as (
      insert into usage_events
        (key, occurred_at, received_at, workspace, day, source, meter, retention, quantity, event_id, item)
      select key, to_timestamp(occurred_ms / 1000), ${receivedAt}::timestamptz, workspace, day, source, meter, retention, quantity, event_id, item
      from unnest(
        ${plainArray(events, (event) => event.key)}::uuid[],
        ${plainArray(events, (event) => event.occurredMs)}::float8[],
        ${plainArray(events, (event) => event.workspace)}::int[],
        ${plainArray(events, (event) => event.day)}::date[],
        ${plainArray(events, (event) => event.source)}::int[],
        ${plainArray(events, (event) => event.meter)}::smallint[],
        ${plainArray(events, (event) => event.retention)}::smallint[],
        ${plainArray(events, (event) => event.quantity)}::numeric[],
        ${textArray(events, (event) => event.eventId)}::text[],
        ${textArray(events, (event) => event.item)}::text[]
      ) as given (key, occurred_ms, workspace, day, source, meter, retention, quantity, event_id, item)
      order by key
      on conflict (key) do nothing
      returning key, occurred_at, workspace, day, meter, retention, quantity, item
    ), change as (
      select workspace, day, floor(date_part('epoch', occurred_at) / 3600)::int as hour, meter, retention,
        sum(quantity) as added, max(quantity) as most, count(*)::int as events,
        case when item <> '' then encode(substring(sha256(convert_to(item, 'UTF8')) for 16), 'hex')::uuid end as item
      from added
      group by workspace, day, hour, meter, retention, added.item
    ), noted as (
      insert into usage_unfolded (workspaces, days, hours, meters, retentions, added, most, events, items)
      select array_agg(workspace), array_agg(day), array_agg(hour), array_agg(meter), array_agg(retention),
        array_agg(change.added), array_agg(most), array_agg(events), array_agg(item)
      from change having count(*) > 0
    )
    select case when (select count(*) from added) < ${events.length}
      then (select coalesce(array_agg(replace(key::text, '-', '')), '{}') from added) end as keys`.execute(db)
  const keys = rows[0]?.keys
  return keys ? new Set(keys) : null
}

/* Arrays are written as Postgres reads them: the driver's own writing of tens of thousands of values a second costs more than the rest of a flush. */

/** An array of values that need no quoting: numbers, dates, hexadecimal digits. */
function plainArray(events: readonly EventRow[], read: (event: EventRow) => string | number): string {
  return `{${events.map(read).join(',')}}`
}

function textArray(events: readonly EventRow[], read: (event: EventRow) => string): string {
  return `{${events.map((event) => `"${read(event).replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}
