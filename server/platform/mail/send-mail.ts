import { newId } from '../../../contract/ids.ts'
import type { Language } from '../../../contract/problems.ts'
import type { TxCtx } from '../../context.ts'
import { enqueue } from '../jobs/enqueue.ts'

export interface MailRequest {
  template: string
  recipient: string
  language: Language
  /** Values the template prints; never a secret. */
  params: Record<string, string | null>
}

/** Puts a mail in the outbox, in the caller's commit; the worker writes and sends it. */
export async function sendMail(ctx: TxCtx, mail: MailRequest): Promise<void> {
  const id = newId('mail')
  await ctx.db
    .insertInto('mails')
    .values({
      id,
      template: mail.template,
      recipient: mail.recipient,
      language: mail.language,
      params: JSON.stringify(mail.params),
      created_at: ctx.now(),
      sent_at: null,
    })
    .execute()
  await enqueue(ctx, 'mail.send', { mailId: id })
}
