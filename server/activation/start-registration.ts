import { newId } from '../../contract/ids.ts'
import type { ActivationId } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { countAttempt } from '../platform/rate-limit.ts'
import { record } from '../platform/record.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { holdActivation, newBrowserId } from './browser.ts'
import type { HeldActivation } from './browser.ts'
import { insertActivation, selectActivation } from './queries.ts'
import type { BrowserRow } from './queries.ts'

const registrationLimit = { max: 20, windowSeconds: 3600 }

/** Begins an activation from the website. A browser in the midst of one from the website goes on with it. */
export async function startRegistration(
  ctx: Ctx,
  input: { site: string | null; browser: BrowserRow | null },
): Promise<HeldActivation & { activationId: ActivationId }> {
  await countAttempt(ctx, `registration:${ctx.ip ?? ''}`, registrationLimit)
  const site = siteSettings(ctx, input.site ?? ctx.services.config.catalogue.sites[0]?.code ?? '')
  return inTransaction(ctx, async (tx) => {
    const held = input.browser ? await selectActivation(tx.db, input.browser.activation_id) : undefined
    if (input.browser && held?.source === 'website' && held.state === 'open') {
      return { browserId: input.browser.id, token: null, activationId: held.id }
    }
    const id = newId('activation')
    await insertActivation(tx.db, {
      id,
      source: 'website',
      instance_id: null,
      path: 'new',
      site: site.code,
      language: ctx.language,
      created_at: ctx.now(),
    })
    await record(tx, { kind: 'activation.started', about: { activationId: id }, detail: { source: 'website' } })
    return { ...(await holdActivation(tx, input.browser, { id: newBrowserId(), activationId: id })), activationId: id }
  })
}
