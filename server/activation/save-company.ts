import type { Company } from '../../contract/accounts.ts'
import type { BillingAccountId, ConsoleAccountId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import { bindCloudAccount } from '../accounts/bind-cloud-account.ts'
import { saveCompany as saveCompanyRow } from '../accounts/save-company.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { acceptTerms, refuseOutdatedTerms } from '../identity/accept-terms.ts'
import { registerBillingAccount } from '../identity/register-billing-account.ts'
import { registerConsoleAccount } from '../identity/register-console-account.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { requireNoAccount } from './guards.ts'
import { accountSubject, loadLockedActivation } from './load-activation.ts'
import { updateActivation, updateBrowser, updateDraft } from './queries.ts'
import type { ActivationDraft } from './tables.ts'

export interface Registered {
  billingAccountId: BillingAccountId
  consoleAccountId: ConsoleAccountId
  site: string
}

/**
 * Company information and terms: the console account and the Billing Center account come into being together, with the
 * same username and password at first, and the cloud account is bound. Submitting again after that registers nothing
 * (null). Throws `username_taken`, `email_taken`, `terms_outdated`, `proof_needed`, `step_not_open`.
 */
export async function saveCompany(
  ctx: Ctx,
  input: { company: Company; acceptTerms: string },
): Promise<Registered | null> {
  refuseOutdatedTerms(ctx, input.acceptTerms)
  return inTransaction(ctx, async (tx) => {
    const activation = await loadLockedActivation(tx)
    const { row } = activation
    if (activation.progress.proven && activation.account?.id === row.billing_account_id && row.path === 'new')
      return null
    requireNoAccount(activation)
    if (!row.draft || row.path !== 'new') throw new Problem('step_not_open')
    if (!activation.progress.proven) throw new Problem('proof_needed')
    const registered = await registerBoth(tx, row.draft)
    await saveCompanyRow(tx, registered.billingAccountId, input.company)
    await acceptTerms(tx, { accountId: registered.billingAccountId, version: input.acceptTerms })
    await acceptTerms(tx, { accountId: registered.consoleAccountId, version: input.acceptTerms })
    if (activation.cloudAccount) {
      await bindCloudAccount(tx, {
        cloudAccountId: activation.cloudAccount.id,
        billingAccountId: registered.billingAccountId,
      })
    }
    await updateActivation(tx.db, row.id, {
      billing_account_id: registered.billingAccountId,
      console_account_id: registered.consoleAccountId,
    })
    await updateDraft(tx.db, row.id, null)
    await updateBrowser(tx.db, activation.browser.id, {
      proven_subject: accountSubject(registered.billingAccountId),
      console_account_id: registered.consoleAccountId,
    })
    return registered
  })
}

async function registerBoth(ctx: TxCtx, draft: ActivationDraft): Promise<Registered> {
  const { site, username, email, phone, passwordHash } = draft
  const { currency } = siteSettings(ctx, site)
  const shared = { username, email, phone, passwordHash, language: ctx.language }
  const billing = await registerBillingAccount(ctx, { ...shared, currency })
  const console = await registerConsoleAccount(ctx, { ...shared, site })
  return { billingAccountId: billing.id, consoleAccountId: console.id, site }
}
