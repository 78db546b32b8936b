import type { RecordKind, RecordName } from '../../contract/operator.ts'
import type { Ctx } from '../context.ts'
import { kindOfId } from './record-kind.ts'
import { selectByIds, selectNamed, wordedKinds } from './search-queries.ts'

const mostOfAKind = 10

/**
 * Finds records, the latest first: one by its whole id of ours, or those that have the text as any part of a name, an e-mail or an id of
 * the marketplace, whatever the case; two letters or digits find what begins with them. Indexes answer it (migration 0017).
 */
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
