import type { Id, InstanceId } from '../../contract/ids.ts'
import type { TxCtx } from '../context.ts'
import { insertHandOff, selectHandOff } from './queries.ts'

export interface HandOffUse {
  fingerprint: string
  marketplace: string
  instanceId: InstanceId
  browserId: Id<'activationBrowser'>
}

/**
 * Marks a hand-off as used by a browser and says whether it was used before, and by whom. Two browsers at once take turns:
 * exactly one of them hears `fresh`. The use is undone when the caller's transaction is.
 */
export async function useHandOff(ctx: TxCtx, use: HandOffUse): Promise<'fresh' | 'same-browser' | 'other-browser'> {
  const inserted = await insertHandOff(ctx.db, {
    fingerprint: use.fingerprint,
    marketplace: use.marketplace,
    instance_id: use.instanceId,
    browser_id: use.browserId,
    used_at: ctx.now(),
  })
  if (inserted) return 'fresh'
  const used = await selectHandOff(ctx.db, use.fingerprint)
  return used.browser_id === use.browserId ? 'same-browser' : 'other-browser'
}
