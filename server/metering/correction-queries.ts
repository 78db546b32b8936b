import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { EventRow } from './event-queries.ts'

/* Corrections take an event out of the totals and, when they replace it, put another in. Few and small: one at a time. */

type Db = Kysely<Database>

/** A correction ready to be written. */
export interface CorrectionRow {
  key: string
  target: string
  /** The only workspace whose events it may correct. */
  workspace: number
  source: number
  eventId: string
  occurredMs: number
  /** What counts instead; null for a void. */
  replacement: EventRow | null
}

/** Whether an event or correction with this key is stored. */
export async function keyExists(db: Db, key: string): Promise<boolean> {
  const { rows } = await sql`select from usage_events where key = ${key}::uuid`.execute(db)
  return rows.length > 0
}

/** Whether this very correction was applied before. */
export async function isStored(db: Db, correction: CorrectionRow): Promise<boolean> {
  const { rows } = await sql`select from usage_corrections
    where target = ${correction.target}::uuid and key = ${correction.key}::uuid`.execute(db)
  return rows.length > 0
}

/** Whether the workspace has this event and it is one that counts something. */
export async function isTarget(db: Db, correction: CorrectionRow): Promise<boolean> {
  const { rows } = await sql`select from usage_events
    where key = ${correction.target}::uuid and workspace = ${correction.workspace} and meter <> 0`.execute(db)
  return rows.length > 0
}

/** Marks the target as corrected; false when another correction did so before. Waits for one that is doing so now. */
export async function markCorrected(db: Db, correction: CorrectionRow, receivedAt: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into usage_corrections (target, key, kind, source, event_id, received_at)
    values (${correction.target}::uuid, ${correction.key}::uuid, ${correction.replacement ? 'replace' : 'void'},
      ${correction.source}, ${correction.eventId}, ${receivedAt})
    on conflict do nothing returning target`.execute(db)
  return rows.length > 0
}

/** Keeps a void's own identity as an event of no meter, and notes that its target does not count; see `noteUncounted`. */
export async function insertVoid(db: Db, correction: CorrectionRow, receivedAt: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into usage_events
      (key, occurred_at, received_at, workspace, day, source, meter, retention, quantity, event_id, item)
    select ${correction.key}::uuid, to_timestamp(${correction.occurredMs}::float8 / 1000), ${receivedAt}, workspace, day, ${correction.source},
      0, 0, 0, ${correction.eventId}, ''
    from usage_events where key = ${correction.target}::uuid
    on conflict do nothing returning key`.execute(db)
  return rows.length > 0
}

/** Notes for the totals that an event does not count any more. */
export async function noteUncounted(db: Db, key: string): Promise<void> {
  await sql`
    insert into usage_unfolded (workspaces, days, hours, meters, retentions, added, most, events, items)
    select array[workspace], array[day], array[floor(date_part('epoch', occurred_at) / 3600)::int], array[meter],
      array[retention], array[-quantity], array[0], array[-1], array[null::uuid]
    from usage_events where key = ${key}::uuid`.execute(db)
}

/** Takes a mark back, for a correction whose own identity turned out to be taken. */
export async function unmarkCorrected(db: Db, correction: CorrectionRow): Promise<void> {
  await sql`delete from usage_corrections where target = ${correction.target}::uuid and key = ${correction.key}::uuid`.execute(
    db,
  )
}
