import { createTransport } from 'nodemailer'
import type { Id } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { mailSchemas, mailTemplate } from '../mails.ts'
import type { Mails, MailTemplate } from '../mails.ts'
import { selectMail, updateMailRefused, updateMailSent } from './queries.ts'
import type { MailRow } from './queries.ts'
import { writeMail } from './write-mail.ts'
import type { WrittenMail } from './write-mail.ts'

/**
 * Sends a mail of the outbox and marks it sent. Skips what was sent or refused, what nobody is to get, and a code that
 * has expired by now. Throws when the mail server cannot be reached or asks to come back, so that the job is tried again.
 */
export async function deliverMail(ctx: Ctx, mailId: Id<'mail'>): Promise<void> {
  const mail = await selectMail(ctx.db, mailId)
  if (!mail || mail.recipient === null || mail.sent_at !== null || mail.refusal !== null) return
  const template = mailTemplate.parse(mail.template)
  const params = paramsOf(template, mail)
  if (outlived(params, ctx.now())) return
  const written = writeMail(ctx.services.config, { template, language: mail.language, params })
  const refusal = await hand(ctx, { id: mail.id, recipient: mail.recipient, written })
  if (refusal === null) return updateMailSent(ctx.db, mail.id, ctx.now())
  ctx.log.warn({ mailId, refusal }, 'The mail server refused the recipient for good')
  await updateMailRefused(ctx.db, mail.id, refusal)
}

function paramsOf<T extends MailTemplate>(template: T, mail: MailRow): Mails[T] {
  return mailSchemas[template].parse(mail.params) as Mails[T]
}

/** A code that waited out a broken mail server is worth nothing and would only confuse. */
function outlived(params: Mails[MailTemplate], now: Date): boolean {
  return 'expiresAt' in params && new Date(params.expiresAt).getTime() <= now.getTime()
}

interface Letter {
  id: Id<'mail'>
  recipient: string
  written: WrittenMail
}

/** Hands the mail to the server. Null: accepted. Text: this recipient is refused for ever, in the server's words. */
async function hand(ctx: Ctx, letter: Letter): Promise<string | null> {
  const { mail, publicUrl } = ctx.services.config
  const transport = createTransport({
    url: mail.smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({
      from: mail.from,
      to: { name: '', address: letter.recipient },
      ...letter.written,
      // The same mail sent again after a crash carries the same id, so that the recipient's server can tell.
      messageId: `<${letter.id}@${new URL(publicUrl).hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return null
  } catch (error) {
    const refusal = permanentRefusal(error)
    if (refusal === null) throw error
    return refusal
  } finally {
    transport.close()
  }
}

/** The server's words when it said 5xx to the recipient; anything else may pass and is tried again. */
function permanentRefusal(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EENVELOPE') return null
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0
  if (status < 500) return null
  return 'response' in error && typeof error.response === 'string' ? error.response.slice(0, 500) : String(status)
}
