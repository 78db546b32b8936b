import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { sendMail } from '../platform/mail/send-mail.ts'
import { record } from '../platform/record.ts'
import { codeTriesMax } from './codes.ts'
import { endSessionsOf } from './end-session.ts'
import { findBillingAccount, findConsoleAccount } from './find-account.ts'
import type { BillingAccountRow, ConsoleAccountRow } from './find-account.ts'
import { hashPassword, refuseCommonPassword } from './passwords.ts'
import { updateBillingPassword, updateConsolePassword } from './queries.ts'
import { refuseUnknownSite } from './refuse-unknown-site.ts'
import { spendCode } from './spend-code.ts'
import { verifyCode } from './verify-code.ts'

/**
 * Gives a console account a new password, once per code, and ends every session of the account.
 * Throws `unknown_site`, `password_too_common` and the problems of verifyCode.
 */
export async function resetConsolePassword(
  ctx: Ctx,
  input: { site: string; email: string; code: string; password: string },
): Promise<void> {
  refuseUnknownSite(ctx, input.site)
  refuseCommonPassword(input.password, [input.email])
  const verified = await verifyCode(ctx, {
    purpose: 'console-reset',
    address: input.email,
    scope: input.site,
    code: input.code,
  })
  const account = await findConsoleAccount(ctx, input)
  if (!account) throw guessed()
  refuseCommonPassword(input.password, [account.username])
  const passwordHash = await hashPassword(input.password)
  await inTransaction(ctx, async (tx) => {
    await spendCode(tx, verified)
    await updateConsolePassword(tx.db, account.id, passwordHash)
    await endSessionsOf(tx, account.id)
    await record(tx, { kind: 'console_account.password_reset', about: { consoleAccountId: account.id } })
    await tellPasswordChanged(tx, account, input.site)
  })
}

/**
 * Gives a Billing Center account a new password, once per code, and ends every session of the account.
 * Throws `password_too_common` and the problems of verifyCode.
 */
export async function resetBillingPassword(
  ctx: Ctx,
  input: { username: string; code: string; password: string },
): Promise<void> {
  refuseCommonPassword(input.password, [input.username])
  const verified = await verifyCode(ctx, {
    purpose: 'billing-reset',
    address: input.username,
    scope: 'billing',
    code: input.code,
  })
  const account = await findBillingAccount(ctx, input.username)
  if (!account) throw guessed()
  refuseCommonPassword(input.password, [account.username, account.email])
  const passwordHash = await hashPassword(input.password)
  await inTransaction(ctx, async (tx) => {
    await spendCode(tx, verified)
    await updateBillingPassword(tx.db, account.id, passwordHash)
    await endSessionsOf(tx, account.id)
    await record(tx, { kind: 'billing_account.password_reset', about: { billingAccountId: account.id } })
    await tellPasswordChanged(tx, account, null)
  })
}

/** The digits of a code nobody was mailed were guessed: still just a wrong code. */
function guessed(): Problem {
  return new Problem('code_wrong', { left: codeTriesMax - 1 }, 'code')
}

async function tellPasswordChanged(
  ctx: TxCtx,
  account: ConsoleAccountRow | BillingAccountRow,
  site: string | null,
): Promise<void> {
  await sendMail(ctx, {
    template: 'password-changed',
    recipient: account.email,
    language: account.language,
    params: { site, username: account.username, at: ctx.now().toISOString() },
  })
}
