import type { CodeSent } from '../../contract/identity.ts'
import { Problem } from '../../contract/problems.ts'
import type { Language } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { sendCode } from '../identity/send-code.ts'
import { spendCode } from '../identity/spend-code.ts'
import { verifyCode } from '../identity/verify-code.ts'
import { record } from '../platform/record.ts'
import { refuseReleased } from './guards.ts'
import { accountSubject, codeScope, emailSubject, loadActivation, loadLockedActivation } from './load-activation.ts'
import type { LoadedActivation } from './load-activation.ts'
import { updateBrowser } from './queries.ts'

interface Person {
  email: string
  subject: string
  language: Language
}

/** Mails a code to the person an activation belongs to, when another browser continues it. */
export async function sendProofCode(ctx: Ctx): Promise<CodeSent> {
  const activation = await loadActivation(ctx)
  const person = personOf(activation)
  return sendCode(ctx, {
    purpose: 'prove-account',
    address: person.email,
    scope: codeScope(activation),
    recipient: person.email,
    reveal: 'masked-recipient',
    language: person.language,
  })
}

/** Proves that person in this browser. Proving again changes nothing. */
export async function proveAccount(ctx: Ctx, code: string): Promise<void> {
  const before = await loadActivation(ctx)
  if (before.progress.proven) return
  const person = personOf(before)
  const verified = await verifyCode(ctx, {
    purpose: 'prove-account',
    address: person.email,
    scope: codeScope(before),
    code,
  })
  await inTransaction(ctx, async (tx) => {
    const activation = await loadLockedActivation(tx)
    await spendCode(tx, verified)
    await updateBrowser(tx.db, activation.browser.id, {
      proven_subject: person.subject,
      // The e-mail just proven is the one the console account was registered with a moment ago.
      ...(activation.row.path === 'new' &&
        activation.account?.id === activation.row.billing_account_id && {
          console_account_id: activation.row.console_account_id,
        }),
    })
    await record(tx, { kind: 'activation.proven', about: { activationId: activation.row.id } })
  })
}

function personOf(activation: LoadedActivation): Person {
  refuseReleased(activation)
  const { account, row } = activation
  if (account) return { email: account.email, subject: accountSubject(account.id), language: account.language }
  if (!row.draft) throw new Problem('step_not_open')
  return { email: row.draft.email, subject: emailSubject(row.draft.email), language: row.language }
}
