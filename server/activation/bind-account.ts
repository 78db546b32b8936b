import type { CodeSent } from '../../contract/identity.ts'
import { Problem } from '../../contract/problems.ts'
import { bindCloudAccount } from '../accounts/bind-cloud-account.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { findBillingAccount } from '../identity/find-account.ts'
import type { BillingAccountRow } from '../identity/find-account.ts'
import { sendCode } from '../identity/send-code.ts'
import { spendCode } from '../identity/spend-code.ts'
import { verifyCode } from '../identity/verify-code.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { requireNoAccount } from './guards.ts'
import { accountSubject, codeScope, loadActivation, loadLockedActivation } from './load-activation.ts'
import type { LoadedActivation } from './load-activation.ts'
import { updateActivation, updateBrowser } from './queries.ts'

/** Mails a code to the account's own e-mail. Answers alike when there is no such account. */
export async function sendAccountCode(ctx: Ctx, username: string): Promise<CodeSent> {
  const activation = await loadActivation(ctx)
  requireExistingPath(activation)
  const account = await findBillingAccount(ctx, username)
  return sendCode(ctx, {
    purpose: 'prove-account',
    address: addressOf(account, username),
    scope: codeScope(activation),
    recipient: account?.email ?? null,
    sentTo: username,
    language: account?.language ?? ctx.language,
  })
}

/**
 * Binds the cloud account to an existing Billing Center account, proven by username and mailed code.
 * Submitting again changes nothing. Throws the code problems, `cloud_account_bound_elsewhere`, `currency_differs`.
 */
export async function bindAccount(ctx: Ctx, input: { username: string; code: string }): Promise<void> {
  const before = await loadActivation(ctx)
  const account = await findBillingAccount(ctx, input.username)
  if (account && before.account?.id === account.id && before.progress.proven) return
  requireExistingPath(before)
  const verified = await verifyCode(ctx, {
    purpose: 'prove-account',
    address: addressOf(account, input.username),
    scope: codeScope(before),
    code: input.code,
  })
  // Nobody was mailed a code for an unknown username, so this cannot be reached without one; better said than assumed.
  if (!account) throw new Problem('code_missing', {}, 'code')
  refuseForeignCurrency(ctx, before, account)
  await inTransaction(ctx, async (tx) => {
    const activation = await loadLockedActivation(tx)
    if (!activation.cloudAccount) throw new Problem('step_not_open')
    await spendCode(tx, verified)
    await bindCloudAccount(tx, { cloudAccountId: activation.cloudAccount.id, billingAccountId: account.id })
    await updateActivation(tx.db, activation.row.id, { path: 'existing', billing_account_id: account.id })
    await updateBrowser(tx.db, activation.browser.id, { proven_subject: accountSubject(account.id) })
  })
}

function addressOf(account: BillingAccountRow | null, username: string): string {
  return account?.email ?? `unknown:${username.toLowerCase()}`
}

function requireExistingPath(activation: LoadedActivation): void {
  requireNoAccount(activation)
  if (activation.row.path !== 'existing') throw new Problem('step_not_open')
}

/** The product must be offered on a site billed in the account's currency, or nothing it pays for could ever be billed. */
function refuseForeignCurrency(ctx: Ctx, activation: LoadedActivation, account: BillingAccountRow): void {
  const currencies = activation.siteCodes.map((code) => siteSettings(ctx, code).currency)
  const [first] = currencies
  if (first && !currencies.includes(account.currency)) {
    throw new Problem('currency_differs', { workspaceCurrency: first, accountCurrency: account.currency }, 'username')
  }
}
