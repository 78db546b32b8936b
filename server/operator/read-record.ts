import type { OperatorRecord, RecordName } from '../../contract/operator.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { kindOfId } from './record-kind.ts'
import { known } from './record-queries.ts'
import { selectByIds } from './search-queries.ts'

/** One record with what is known of it and what it belongs to. Throws `not_found`. */
export async function readRecord(ctx: Ctx, id: string): Promise<OperatorRecord> {
  const kind = kindOfId(id)
  const found = kind && (await known[kind](ctx.db, id))
  if (!kind || !found) throw new Problem('not_found')
  const [name] = await selectByIds(ctx.db, kind, [id])
  if (!name) throw new Problem('not_found')
  const related: RecordName[] = []
  for (const { kind: of, ids } of found.related) {
    related.push(
      ...(await selectByIds(
        ctx.db,
        of,
        ids.filter((each) => each !== null),
      )),
    )
  }
  return { ...name, facts: found.facts.filter((fact) => fact !== null), related }
}
