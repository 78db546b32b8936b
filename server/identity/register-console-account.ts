import { newId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Language } from '../../contract/problems.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { insertConsoleAccount, selectConsoleAccountByEmail } from './queries.ts'
import type { ConsoleAccountRow } from './queries.ts'

export interface NewConsoleAccount {
  site: string
  username: string
  email: string
  passwordHash: string
  phone: string | null
  language: Language
  /** Put before the field names of a refusal, e.g. `owner.`; nothing unless given. */
  fieldPrefix?: string
}

/** Creates a console account. Throws `email_taken` or `username_taken` (on this site), each on its field. */
export async function registerConsoleAccount(ctx: TxCtx, input: NewConsoleAccount): Promise<ConsoleAccountRow> {
  const created = await insertConsoleAccount(ctx.db, {
    id: newId('consoleAccount'),
    site: input.site,
    username: input.username,
    email: input.email.toLowerCase(),
    password_hash: input.passwordHash,
    phone: input.phone,
    language: input.language,
    created_at: ctx.now(),
  })
  if (!created) throw await taken(ctx, input)
  await record(ctx, {
    kind: 'console_account.registered',
    about: { consoleAccountId: created.id },
    detail: { site: created.site, username: created.username },
  })
  return created
}

async function taken(ctx: TxCtx, input: NewConsoleAccount): Promise<Problem> {
  const prefix = input.fieldPrefix ?? ''
  const sameEmail = await selectConsoleAccountByEmail(ctx.db, input.site, input.email)
  if (sameEmail) return new Problem('email_taken', { site: input.site }, `${prefix}email`)
  return new Problem('username_taken', {}, `${prefix}username`)
}
