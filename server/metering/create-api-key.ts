import { newId } from '../../contract/ids.ts'
import type { WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { tokenHash } from '../platform/secrets.ts'
import { apiKeyToken, tokenBeginning } from './api-key-token.ts'
import { countWorkingKeys, insertApiKey, selectApiKeyByRequest } from './key-queries.ts'
import type { ApiKeyRow } from './key-queries.ts'

/** How many keys of one workspace may work at once. */
export const workingKeysMax = 20

export interface NewApiKey {
  /** Null makes a key of the vendor, who reports for all workspaces. */
  workspaceId: WorkspaceId | null
  name: string
  /** Chosen once per intent; repeating it answers with the same key and token. */
  requestKey: string
}

/** Makes a key that may send usage. Throws `too_many_api_keys`. */
export async function createApiKey(tx: TxCtx, input: NewApiKey): Promise<{ row: ApiKeyRow; token: string }> {
  const { secret } = tx.services.config
  const repeated = await selectApiKeyByRequest(tx.db, input.workspaceId, input.requestKey)
  if (repeated) return { row: repeated, token: apiKeyToken(secret, repeated.id) }
  if ((await countWorkingKeys(tx.db, input.workspaceId, tx.now())) >= workingKeysMax)
    throw new Problem('too_many_api_keys', { max: workingKeysMax })
  const id = newId('apiKey')
  const token = apiKeyToken(secret, id)
  const inserted = await insertApiKey(tx.db, {
    id,
    workspace_id: input.workspaceId,
    name: input.name,
    token_hash: tokenHash(token),
    begins_with: tokenBeginning(token),
    request_key: input.requestKey,
    created_at: tx.now(),
  })
  // Made by the same call a moment ago, in another transaction that has committed by now.
  if (!inserted) return createApiKey(tx, input)
  const about: Record<string, string> = { apiKeyId: id }
  if (input.workspaceId) about['workspaceId'] = input.workspaceId
  await record(tx, { kind: 'api_key.created', about, detail: { name: input.name } })
  return { row: inserted, token }
}
