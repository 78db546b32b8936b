import type { ActivationId, BillingAccountId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { holdActivation, newBrowserId } from './browser.ts'
import type { HeldActivation } from './browser.ts'
import { selectActivation } from './queries.ts'
import type { BrowserRow } from './queries.ts'

/** Lets the browser of a signed-in Billing Center account continue its own unfinished activation. */
export async function resumeActivation(
  ctx: Ctx,
  input: { activationId: ActivationId; billingAccountId: BillingAccountId; browser: BrowserRow | null },
): Promise<HeldActivation> {
  return inTransaction(ctx, async (tx) => {
    const activation = await selectActivation(tx.db, input.activationId)
    if (activation?.billing_account_id !== input.billingAccountId) throw new Problem('not_found')
    if (activation.state === 'done') throw new Problem('activation_over')
    return holdActivation(tx, input.browser, { id: newBrowserId(), activationId: activation.id })
  })
}
