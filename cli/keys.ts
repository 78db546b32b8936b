import { Problem } from '../contract/problems.ts'
import { idOf } from '../contract/ids.ts'
import { inTransaction } from '../server/context.ts'
import { createApiKey } from '../server/metering/create-api-key.ts'
import { listApiKeys } from '../server/metering/list-api-keys.ts'
import { revokeApiKey } from '../server/metering/revoke-api-key.ts'
import { Refused } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { withDatabase } from './with-database.ts'

/* Keys of the vendor, who reports usage for all workspaces; a workspace's own keys are made in the console. */

/** Makes a vendor's key and says its token, this once. */
export async function createVendorKey(terminal: Terminal, name: string): Promise<void> {
  await withDatabase(terminal, 'cli.keys', async (ctx) => {
    try {
      const requestKey = crypto.randomUUID()
      const { row, token } = await inTransaction(ctx, (tx) => createApiKey(tx, { workspaceId: null, name, requestKey }))
      terminal.say(`${row.id} may send usage for every workspace. Token, said this once: ${token}`)
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'too_many_api_keys') throw error
      throw new Refused(`There are ${error.details['max']} working keys already; revoke one first.`, { cause: error })
    }
  })
}

/** Lists the vendor's keys that work. */
export async function listVendorKeys(terminal: Terminal): Promise<void> {
  await withDatabase(terminal, 'cli.keys', async (ctx) => {
    const { items } = await listApiKeys(ctx, { workspaceId: null, limit: 100 })
    if (items.length === 0) terminal.say('There are no keys.')
    for (const key of items) {
      const used = key.last_used_at ? `last used ${key.last_used_at.toISOString()}` : 'never used'
      terminal.say(`${key.id}  ${key.begins_with}…  ${key.name}  ${used}`)
    }
  })
}

/** Ends a vendor's key; running servers take it for 5 seconds more at most. */
export async function revokeVendorKey(terminal: Terminal, id: string): Promise<void> {
  const parsed = idOf('apiKey').safeParse(id)
  if (!parsed.success) throw new Refused(`The id ${parsed.error.issues[0]?.message ?? 'cannot be read'}.`)
  await withDatabase(terminal, 'cli.keys', async (ctx) => {
    try {
      await inTransaction(ctx, (tx) => revokeApiKey(tx, { workspaceId: null, apiKeyId: parsed.data }))
      terminal.say(`${parsed.data} is taken no more.`)
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'not_found') throw error
      throw new Refused(`There is no working key ${parsed.data} of the vendor.`, { cause: error })
    }
  })
}
