import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { checkPassword } from './check-password.ts'
import { endSession } from './end-session.ts'
import { findConsoleAccountBy } from './find-account.ts'
import type { ConsoleAccountRow } from './find-account.ts'
import { readSession } from './read-session.ts'
import { refuseUnknownSite } from './refuse-unknown-site.ts'
import { startSession } from './start-session.ts'

export interface ConsoleSignIn {
  site: string
  /** Username or e-mail. */
  identifier: string
  password: string
  /** Token this browser still holds for the site: that session ends, whoever's it was. */
  oldToken: string | undefined
  userAgent: string | undefined
}

/** Signs in to the console of one site. Throws `unknown_site`, `sign_in_failed`, `too_many_requests`. */
export async function signInToConsole(
  ctx: Ctx,
  input: ConsoleSignIn,
): Promise<{ account: ConsoleAccountRow; token: string }> {
  refuseUnknownSite(ctx, input.site)
  const found = await findConsoleAccountBy(ctx, { site: input.site, identifier: input.identifier })
  const account = await checkPassword(ctx, { ...input, place: `console ${input.site}` }, found)
  return inTransaction(ctx, async (tx) => {
    const old = await readSession(tx, 'console', input.oldToken)
    if (old) await endSession(tx, old)
    const { token } = await startSession(tx, {
      realm: 'console',
      accountId: account.id,
      site: input.site,
      userAgent: input.userAgent ?? null,
    })
    return { account, token }
  })
}
