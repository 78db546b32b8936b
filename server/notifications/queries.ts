import type { Kysely, Selectable } from 'kysely'
import type { Id } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { MailsTable } from '../platform/tables.ts'

export type MailRow = Selectable<MailsTable>

type Db = Kysely<Database>

export async function selectMail(db: Db, id: Id<'mail'>): Promise<MailRow | undefined> {
  return db.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function updateMailSent(db: Db, id: Id<'mail'>, at: Date): Promise<void> {
  await db.updateTable('mails').set({ sent_at: at }).where('id', '=', id).where('sent_at', 'is', null).execute()
}

/** Keeps why the recipient's server will never take the mail. */
export async function updateMailRefused(db: Db, id: Id<'mail'>, refusal: string): Promise<void> {
  await db.updateTable('mails').set({ refusal }).where('id', '=', id).execute()
}
