import { newId } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { productOf } from '../marketplaces/product.ts'
import { useHandOff } from '../marketplaces/use-hand-off.ts'
import { record } from '../platform/record.ts'
import { holdActivation, newBrowserId } from './browser.ts'
import type { HeldActivation } from './browser.ts'
import { insertActivation, selectActivationOfInstance } from './queries.ts'
import type { ActivationRow, BrowserRow } from './queries.ts'

export interface VerifiedHandOff {
  instance: InstanceRow
  /** Identity of the link itself, for using it once. */
  fingerprint: string
  /** The browser's own cookie, if it came with one. */
  browser: BrowserRow | null
}

/**
 * Lets the browser of a verified Direct Login hold the instance's activation, beginning it if nobody has yet.
 * Answers `handoff_used` when the same link was used in another browser before, `second-click` when that was a moment ago and
 * this request has no cookie yet: it gets none either, and goes on with the one the first click brings.
 */
export async function beginByHandOff(
  ctx: Ctx,
  handOff: VerifiedHandOff,
): Promise<HeldActivation | 'handoff_used' | 'second-click'> {
  return inTransaction(ctx, async (tx) => {
    const browserId = handOff.browser?.id ?? newBrowserId()
    const activation = await activationOf(tx, handOff.instance)
    const use = await useHandOff(tx, {
      fingerprint: handOff.fingerprint,
      instanceId: handOff.instance.id,
      marketplace: handOff.instance.marketplace,
      browserId,
    })
    if (use === 'moments-ago' && !handOff.browser) return 'second-click'
    if (use === 'moments-ago' || use === 'other-browser') return 'handoff_used'
    const held = await holdActivation(tx, handOff.browser, { id: browserId, activationId: activation.id })
    await record(tx, {
      kind: 'handoff.accepted',
      about: { activationId: activation.id, instanceId: handOff.instance.id },
      detail: { again: use === 'same-browser' },
    })
    return held
  })
}

async function activationOf(ctx: TxCtx, instance: InstanceRow): Promise<ActivationRow> {
  const fresh = await insertActivation(ctx.db, {
    id: newId('activation'),
    source: 'hand-off',
    instance_id: instance.id,
    path: null,
    site: productOf(ctx, instance).sites[0] ?? ctx.services.config.catalogue.sites[0]?.code ?? '',
    language: ctx.language,
    created_at: ctx.now(),
  })
  if (!fresh) {
    const known = await selectActivationOfInstance(ctx.db, instance.id)
    if (!known) throw new Error(`Instance ${instance.id} has no activation although inserting one found it taken`)
    return known
  }
  await record(ctx, { kind: 'activation.started', about: { activationId: fresh.id, instanceId: instance.id } })
  return fresh
}
