import type { CodeSent } from '../../contract/identity.ts'
import type { Ctx } from '../context.ts'
import { findBillingAccount, findConsoleAccount } from './find-account.ts'
import { refuseUnknownSite } from './refuse-unknown-site.ts'
import { sendCode } from './send-code.ts'

/** Mails a code for a new console password. Answers alike for every e-mail. Throws `unknown_site` and the problems of sendCode. */
export async function sendConsoleResetCode(ctx: Ctx, input: { site: string; email: string }): Promise<CodeSent> {
  refuseUnknownSite(ctx, input.site)
  const account = await findConsoleAccount(ctx, input)
  return sendCode(ctx, {
    purpose: 'console-reset',
    address: input.email,
    scope: input.site,
    recipient: account?.email ?? null,
    language: ctx.language,
    sentTo: input.email,
  })
}

/** Mails a code for a new Billing Center password to the e-mail of the username. Answers alike for every username. */
export async function sendBillingResetCode(ctx: Ctx, input: { username: string }): Promise<CodeSent> {
  const account = await findBillingAccount(ctx, input.username)
  return sendCode(ctx, {
    purpose: 'billing-reset',
    address: input.username,
    scope: 'billing',
    recipient: account?.email ?? null,
    language: ctx.language,
    sentTo: input.username,
  })
}
