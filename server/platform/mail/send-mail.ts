import { newId } from '../../../contract/ids.ts'
import type { Id } from '../../../contract/ids.ts'
import type { Language } from '../../../contract/problems.ts'
import type { TxCtx } from '../../context.ts'
import type { Mails, MailTemplate } from '../../mails.ts'
import { enqueue, urgent } from '../jobs/enqueue.ts'

/** Name of the task that writes and sends a mail of the outbox. */
export const sendMailTaskName = 'mail.send'

export interface MailRequest<T extends MailTemplate = MailTemplate> {
  template: T
  /** Null: nobody; the row is written all the same, so that asking takes as long whether or not somebody is there. */
  recipient: string | null
  language: Language
  /** Values the template prints; never a secret. */
  params: Mails[T]
  /** Chosen by a caller that may run twice: the same id again queues nothing. */
  id?: Id<'mail'>
}

/** Puts a mail in the outbox, in the caller's commit; the worker writes and sends it. */
export async function sendMail<T extends MailTemplate>(ctx: TxCtx, mail: MailRequest<T>): Promise<void> {
  const id = mail.id ?? newId('mail')
  const queued = await ctx.db
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
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (queued) await enqueue(ctx, sendMailTaskName, { mailId: id }, { priority: urgent })
}
