import type { Id, WorkspaceId } from '../../contract/ids.ts'
import type { Ctx, Services } from '../context.ts'
import { tokenHash } from '../platform/secrets.ts'
import { selectWorkingKey, updateKeyUsed } from './key-queries.ts'
import { tokenPrefix } from './api-key-token.ts'

export interface UsageKey {
  keyId: Id<'apiKey'>
  /** Null: the vendor's, for all workspaces. */
  workspaceId: WorkspaceId | null
}

/** How long a key is taken without asking the database again: how long a revoked one may still be taken by another process. */
const rememberedMs = 5000
const rememberedMax = 10_000

const remembered = new WeakMap<Services, Map<string, { key: UsageKey; until: number }>>()

function memoryOf(services: Services): Map<string, { key: UsageKey; until: number }> {
  const known = remembered.get(services)
  if (known) return known
  const fresh = new Map<string, { key: UsageKey; until: number }>()
  remembered.set(services, fresh)
  return fresh
}

/** The key of an `Authorization: Bearer …` header, or null when there is none that works and may send usage. */
export async function findApiKey(ctx: Ctx, authorization: string | undefined): Promise<UsageKey | null> {
  const token = /^Bearer +(\S{1,200}) *$/i.exec(authorization ?? '')?.[1]
  if (!token?.startsWith(tokenPrefix)) return null
  const memory = memoryOf(ctx.services)
  const now = ctx.now()
  const hash = tokenHash(token)
  const known = memory.get(hash)
  if (known && known.until > now.getTime()) return known.key
  const row = await selectWorkingKey(ctx.db, hash, now)
  if (!row?.scopes.includes('usage:write')) {
    memory.delete(hash)
    return null
  }
  await updateKeyUsed(ctx.db, row.id, now)
  const key = { keyId: row.id, workspaceId: row.workspace_id }
  if (memory.size >= rememberedMax) memory.clear()
  const until = Math.min(now.getTime() + rememberedMs, row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY)
  memory.set(hash, { key, until })
  return key
}

/** Forgets what this process remembers of a key, at once; call it when the revocation has committed. */
export function forgetApiKey(services: Services, apiKeyId: Id<'apiKey'>): void {
  const memory = memoryOf(services)
  for (const [hash, { key }] of memory) if (key.keyId === apiKeyId) memory.delete(hash)
}
