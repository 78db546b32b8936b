import type { StoredEvent } from '../../contract/metering.ts'
import type { WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { asMeter } from './as-meter.ts'
import { selectEventsOfDay } from './read-queries.ts'

/**
 * Events behind one day of one meter of a workspace, latest first, corrected ones included; of one retention only (null: meters with
 * one price), where that is given. Throws `unknown_meter`.
 */
export async function listUsageEvents(
  ctx: Ctx,
  input: { workspaceId: WorkspaceId; meter: string; day: string; retentionDays?: number | null } & PageRequest,
): Promise<Page<StoredEvent>> {
  const { workspaceId, day, cursor, limit } = input
  const retention = input.retentionDays === undefined ? null : (input.retentionDays ?? 0)
  const meter = asMeter(input.meter)
  const rows = await selectEventsOfDay(ctx.db, workspaceId, meter, day, readCursor(cursor), limit + 1, retention)
  const page = toPage(rows, limit, (row) => ({ at: row.occurredAt, id: row.key }))
  const items = page.items.map(({ id, source, quantity, ...row }) => ({
    id,
    source,
    time: row.occurredAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    quantity,
    item: row.item === '' ? null : row.item,
    retentionDays: row.retention === 0 ? null : row.retention,
    correctedBy: row.correction,
  }))
  return { items, nextCursor: page.nextCursor }
}
