import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import {
  selectBillingAccountByUsername,
  selectConsoleAccountByEmail,
  selectConsoleAccountByUsername,
} from './queries.ts'

/**
 * Refuses names early, before the accounts are made, so that nobody fills in a second form in vain. Registration itself
 * checks again. Throws `username_taken` (Billing Center, or console of the site) or `email_taken` (console of the site).
 */
export async function refuseTakenNames(
  ctx: Ctx,
  names: { site: string; username: string; email: string },
): Promise<void> {
  const sameUsername =
    (await selectBillingAccountByUsername(ctx.db, names.username)) ??
    (await selectConsoleAccountByUsername(ctx.db, names.site, names.username))
  if (sameUsername) throw new Problem('username_taken', {}, 'username')
  const sameEmail = await selectConsoleAccountByEmail(ctx.db, names.site, names.email)
  if (sameEmail) throw new Problem('email_taken', { site: names.site }, 'email')
}
