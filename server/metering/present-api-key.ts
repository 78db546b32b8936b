import type { z } from 'zod'
import type { apiKey } from '../../contract/metering.ts'
import type { ApiKeyRow } from './key-queries.ts'

/** A key as its owner sees it, without the token. */
export function presentApiKey(row: ApiKeyRow): z.input<typeof apiKey> {
  return {
    id: row.id,
    name: row.name,
    beginsWith: row.begins_with,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
  }
}
