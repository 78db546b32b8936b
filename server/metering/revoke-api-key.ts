import type { Id, WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { selectOwnKey, updateKeyRevoked } from './key-queries.ts'

/** Ends a key. Throws `not_found` for a key that does not work any more or belongs elsewhere. */
export async function revokeApiKey(
  tx: TxCtx,
  input: { workspaceId: WorkspaceId | null; apiKeyId: Id<'apiKey'> },
): Promise<void> {
  const found = await selectOwnKey(tx.db, input.workspaceId, input.apiKeyId, tx.now())
  if (!found) throw new Problem('not_found')
  if (await updateKeyRevoked(tx.db, found.id, tx.now()))
    await record(tx, { kind: 'api_key.revoked', about: { apiKeyId: found.id } })
}
