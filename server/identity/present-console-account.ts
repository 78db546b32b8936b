import type { ConsoleAccount } from '../../contract/identity.ts'
import type { ConsoleAccountRow } from './queries.ts'

/** A console account as its own person sees it. */
export function presentConsoleAccount(row: ConsoleAccountRow): ConsoleAccount {
  return { id: row.id, site: row.site, username: row.username, email: row.email, language: row.language }
}
