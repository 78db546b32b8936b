import type { AuditEntry } from '../../contract/operator.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { selectAudit, selectTimeline } from './queries.ts'
import type { AuditFilter, AuditRow } from './queries.ts'
import { kindOfId, namesInEvents } from './record-kind.ts'

/** Every change that fits the filter, latest first, a page at a time. */
export async function listAudit(ctx: Ctx, of: AuditFilter & PageRequest): Promise<Page<AuditEntry>> {
  return present(await selectAudit(ctx.db, of, positionAfter(of.cursor), of.limit + 1), of.limit)
}

/** What happened to one record, latest first, a page at a time. Throws `not_found` for what the desk does not know. */
export async function listTimeline(ctx: Ctx, of: { recordId: string } & PageRequest): Promise<Page<AuditEntry>> {
  const kind = kindOfId(of.recordId)
  if (!kind) throw new Problem('not_found')
  const rows = await selectTimeline(ctx.db, {
    names: namesInEvents(kind),
    id: of.recordId,
    after: positionAfter(of.cursor),
    limit: of.limit + 1,
  })
  return present(rows, of.limit)
}

/** Where the page before ended; a broken cursor is a problem of the field `cursor`. */
function positionAfter(cursor: string | undefined): string | null {
  const after = readCursor(cursor)
  if (after !== null && !/^\d{1,18}$/.test(after.id)) throw new Problem('bad_input', {}, 'cursor')
  return after?.id ?? null
}

function present(rows: AuditRow[], limit: number): Page<AuditEntry> {
  const page = toPage(rows, limit, ({ at, position }) => ({ at, id: position }))
  const items = page.items.map(({ actorKind, actorId, actorName, at, position: _kept, ...row }) => ({
    ...row,
    at: at.toISOString(),
    by: { kind: actorKind, id: actorId, name: actorName },
  }))
  return { items, nextCursor: page.nextCursor }
}
