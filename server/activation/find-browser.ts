import type { ActivationId, Id } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { tokenHash } from '../platform/secrets.ts'
import { selectBrowserByToken } from './queries.ts'

/** Which browser a cookie's token names and which activation it holds; null when it is unknown or expired. */
export async function findBrowser(
  ctx: Ctx,
  token: string,
): Promise<{ activationId: ActivationId; browserId: Id<'activationBrowser'> } | null> {
  const row = await selectBrowserByToken(ctx.db, tokenHash(token), ctx.now())
  return row ? { activationId: row.activation_id, browserId: row.id } : null
}
