import type { Id, InstanceId } from '../../contract/ids.ts'
import type { TxCtx } from '../context.ts'
import { insertHandOff, selectHandOff } from './queries.ts'

/**
 * A double click opens one link twice before the first answer's cookie has arrived. So soon after its use, a link in a
 * browser without a cookie may well be that second click.
 */
const doubleClickMilliseconds = 10_000

export interface HandOffUse {
  fingerprint: string
  marketplace: string
  instanceId: InstanceId
  browserId: Id<'activationBrowser'>
}

/**
 * Marks a hand-off as used by a browser and says whether it was used before, and by whom. Two browsers at once take turns:
 * exactly one of them hears `fresh`. `moments-ago` is another browser, or this one's second click: it gets nothing of its own.
 * The use is undone when the caller's transaction is.
 */
export async function useHandOff(
  ctx: TxCtx,
  use: HandOffUse,
): Promise<'fresh' | 'same-browser' | 'moments-ago' | 'other-browser'> {
  const inserted = await insertHandOff(ctx.db, {
    fingerprint: use.fingerprint,
    marketplace: use.marketplace,
    instance_id: use.instanceId,
    browser_id: use.browserId,
    used_at: ctx.now(),
  })
  if (inserted) return 'fresh'
  const used = await selectHandOff(ctx.db, use.fingerprint)
  if (used.browser_id === use.browserId) return 'same-browser'
  return ctx.now().getTime() - used.used_at.getTime() < doubleClickMilliseconds ? 'moments-ago' : 'other-browser'
}
