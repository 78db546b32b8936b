import { recordKinds } from '../../contract/operator.ts'
import type { RecordKind, RecordName } from '../../contract/operator.ts'
import type { Ctx } from '../context.ts'
import { kindOfId } from './record-kind.ts'
import { selectByIds, selectNamed } from './search-queries.ts'

/** Kinds that are found by words; the others have none and are found by id. */
const wordedKinds = recordKinds.filter((kind) => kind !== 'usageRecord' && kind !== 'dailyBill')
const mostOfAKind = 10

/** Finds records: one by its id, or those with the text in a name, an e-mail or an id of the marketplace. */
export async function searchRecords(ctx: Ctx, text: string): Promise<{ items: RecordName[]; more: RecordKind[] }> {
  const kind = kindOfId(text)
  if (kind) return { items: await selectByIds(ctx.db, kind, [text]), more: [] }
  const items: RecordName[] = []
  const more: RecordKind[] = []
  for (const each of wordedKinds) {
    const found = await selectNamed(ctx.db, each, text, mostOfAKind + 1)
    items.push(...found.slice(0, mostOfAKind))
    if (found.length > mostOfAKind) more.push(each)
  }
  return { items, more }
}
