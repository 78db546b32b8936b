import type { CodeSent } from '../../contract/identity.ts'
import { newId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Language } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { sendMail } from '../platform/mail/send-mail.ts'
import { countAttempt } from '../platform/rate-limit.ts'
import { record } from '../platform/record.ts'
import { codeDigits, codeExpiry, codeHash, codeResendFrom, judgeSend, sameAddress, singleUse } from './codes.ts'
import type { CodePurpose } from './codes.ts'
import { maskEmail } from './mask.ts'
import { insertCode, lockCodeAddress, selectCodeTimes } from './queries.ts'

export interface CodeRequest {
  purpose: CodePurpose
  /** What the code is bound to and the limits count on: an e-mail, or the username whose e-mail gets it. */
  address: string
  /** The activation, or the site or realm of a password reset. */
  scope: string
  /** Where the mail goes; null when the address names nobody: then nothing is mailed, and everything else is the same. */
  recipient: string | null
  language: Language
  /** Tell the caller the masked recipient: only where they have proven to know whose it is. */
  reveal?: 'masked-recipient'
  /** What the caller typed, which the answer repeats; the address unless given. */
  sentTo?: string
  /** Ids for the event, e.g. `{ activationId }`. */
  about?: Record<string, string>
}

/** Twenty mails an hour out of one activation; thirty an hour out of one place that resets passwords. */
const mailsPerActivation = { max: 20, windowSeconds: 3600 }
const resetsPerPlace = { max: 30, windowSeconds: 3600 }

/**
 * Mails a new code, which voids the older one of the same purpose, address and scope. Open your transaction afterwards: this opens its own.
 * Throws `code_too_soon` (seconds), `code_too_many` (minutes), `too_many_requests`; never tells whether the address names anybody.
 */
export async function sendCode(ctx: Ctx, request: CodeRequest): Promise<CodeSent> {
  if (singleUse(request.purpose)) await countAttempt(ctx, `codes from ${ctx.ip ?? 'nowhere'}`, resetsPerPlace)
  else await countAttempt(ctx, `codes in ${request.scope}`, mailsPerActivation)
  return inTransaction({ ...ctx, db: ctx.services.db }, (tx) =>
    sendOne(tx, { ...request, address: sameAddress(request.address) }),
  )
}

async function sendOne(ctx: TxCtx, request: CodeRequest): Promise<CodeSent> {
  await lockCodeAddress(ctx.db, request.address)
  const now = ctx.now()
  const refusal = judgeSend(await selectCodeTimes(ctx.db, request.address, new Date(now.getTime() - 3_600_000)), now)
  if (refusal) {
    const { code, ...details } = refusal
    throw new Problem(code, details)
  }
  const expiresAt = codeExpiry(now)
  await write(ctx, request, now, expiresAt)
  const masked = request.reveal === 'masked-recipient' && request.recipient ? maskEmail(request.recipient) : null
  return {
    sentTo: masked ?? request.sentTo ?? request.address,
    expiresAt: expiresAt.toISOString(),
    resendAt: codeResendFrom(now).toISOString(),
  }
}

async function write(ctx: TxCtx, request: CodeRequest, now: Date, expiresAt: Date): Promise<void> {
  const id = newId('code')
  const { secret } = ctx.services.config
  await insertCode(ctx.db, {
    id,
    purpose: request.purpose,
    address: request.address,
    scope: request.scope,
    code_hash: codeHash(secret, id, codeDigits(secret, id)),
    tries: 0,
    created_at: now,
    expires_at: expiresAt,
    used_at: null,
  })
  // Written for nobody as well: the same rows and the same time, whether or not the address names an account.
  await sendMail(ctx, {
    template: 'code',
    recipient: request.recipient,
    language: request.language,
    params: { codeId: id, purpose: request.purpose, expiresAt: expiresAt.toISOString() },
  })
  await record(ctx, {
    kind: 'code.sent',
    about: { ...request.about, codeId: id },
    detail: { purpose: request.purpose },
  })
}
