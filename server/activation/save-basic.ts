import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { hashPassword, refuseCommonPassword } from '../identity/passwords.ts'
import { refuseTakenNames } from '../identity/refuse-taken-names.ts'
import { sendCode } from '../identity/send-code.ts'
import { spendCode } from '../identity/spend-code.ts'
import { verifyCode } from '../identity/verify-code.ts'
import type { CodeSent } from '../../contract/identity.ts'
import { record } from '../platform/record.ts'
import { requireNoAccount, requireOfferedSite } from './guards.ts'
import { codeScope, emailSubject, loadActivation, loadLockedActivation } from './load-activation.ts'
import type { LoadedActivation } from './load-activation.ts'
import { updateActivation, updateBrowser, updateDraft } from './queries.ts'

export interface BasicInformation {
  site: string
  username: string
  password: string
  email: string
  code: string
  phone: string | null
}

/** Mails the code that proves the e-mail being registered. */
export async function sendBasicCode(ctx: Ctx, input: { email: string; site: string }): Promise<CodeSent> {
  const activation = await loadActivation(ctx)
  requireNewPath(activation)
  requireOfferedSite(activation, input.site)
  return sendCode(ctx, {
    purpose: 'register-email',
    address: input.email,
    scope: codeScope(activation),
    recipient: input.email,
    language: ctx.language,
  })
}

/**
 * Keeps the basic information until the accounts are made after the company step; this browser is then proven for the
 * e-mail. Throws the code problems, `username_taken`, `email_taken`, `password_too_common`, `site_not_offered`.
 */
export async function saveBasic(ctx: Ctx, input: BasicInformation): Promise<void> {
  const before = await loadActivation(ctx)
  requireNewPath(before)
  requireOfferedSite(before, input.site)
  refuseCommonPassword(input.password, [input.username, input.email])
  const verified = await verifyCode(ctx, {
    purpose: 'register-email',
    address: input.email,
    scope: codeScope(before),
    code: input.code,
  })
  await refuseTakenNames(ctx, input)
  const passwordHash = await hashPassword(input.password)
  await inTransaction(ctx, async (tx) => {
    const activation = await loadLockedActivation(tx)
    requireNewPath(activation)
    await spendCode(tx, verified)
    const { site, username, email, phone } = input
    await updateDraft(tx.db, activation.row.id, { site, username, email, phone, passwordHash })
    await updateActivation(tx.db, activation.row.id, { site, language: ctx.language })
    await updateBrowser(tx.db, activation.browser.id, { proven_subject: emailSubject(email) })
    await record(tx, { kind: 'activation.basic_saved', about: { activationId: activation.row.id }, detail: { site } })
  })
}

function requireNewPath(activation: LoadedActivation): void {
  requireNoAccount(activation)
  if (activation.row.path !== 'new') throw new Problem('step_not_open')
}
