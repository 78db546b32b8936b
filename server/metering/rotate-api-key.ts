import type { Id, WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { createApiKey } from './create-api-key.ts'
import { selectApiKeyByRequest, selectOwnKey, updateKeyExpiry } from './key-queries.ts'
import type { ApiKeyRow } from './key-queries.ts'

/** How long the former key goes on working, so that senders can be told one after the other. */
const overlapMs = 24 * 3_600_000

/** Makes a successor of a working key; the former ends in 24 hours. Throws `not_found`. Repeating it answers the same. */
export async function rotateApiKey(
  tx: TxCtx,
  input: { workspaceId: WorkspaceId | null; apiKeyId: Id<'apiKey'>; requestKey: string },
): Promise<{ row: ApiKeyRow; token: string }> {
  const former = await selectOwnKey(tx.db, input.workspaceId, input.apiKeyId, tx.now())
  if (!former) throw new Problem('not_found')
  const repeated = await selectApiKeyByRequest(tx.db, input.workspaceId, input.requestKey)
  const made = await createApiKey(tx, { ...input, name: former.name })
  if (repeated) return made
  await updateKeyExpiry(tx.db, former.id, new Date(tx.now().getTime() + overlapMs))
  await record(tx, { kind: 'api_key.rotated', about: { apiKeyId: former.id, successorId: made.row.id } })
  return made
}
