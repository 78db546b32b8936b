import type { Selectable } from 'kysely'
import type { Id } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import type { EventsTable } from './tables.ts'

export type EventRow = Selectable<EventsTable>

/** An event by id, as a task that follows from it reads it. */
export async function readEvent(ctx: Ctx, id: Id<'event'>): Promise<EventRow> {
  return ctx.db.selectFrom('events').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}
