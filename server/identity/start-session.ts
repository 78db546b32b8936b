import { newId } from '../../contract/ids.ts'
import type { BillingAccountId, ConsoleAccountId, OperatorId } from '../../contract/ids.ts'
import type { Actor, TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import type { Happening } from '../platform/record.ts'
import { newToken, tokenHash } from '../platform/secrets.ts'
import { insertSession } from './queries.ts'
import { sessionMax } from './sessions.ts'

/** Who is signed in where; a console session belongs to one site. */
export type NewSession = (
  | { realm: 'console'; accountId: ConsoleAccountId; site: string }
  | { realm: 'billing'; accountId: BillingAccountId; site?: null }
  | { realm: 'operator'; accountId: OperatorId; site?: null }
) & { userAgent?: string | null }

/** Signs a browser in. The token goes into its cookie and is kept nowhere: only its hash is. */
export async function startSession(ctx: TxCtx, input: NewSession): Promise<{ token: string }> {
  const token = newToken()
  const now = ctx.now()
  const id = newId('session')
  await insertSession(ctx.db, {
    id,
    token_hash: tokenHash(token),
    realm: input.realm,
    account_id: input.accountId,
    site: input.site ?? null,
    created_at: now,
    last_seen_at: now,
    expires_at: new Date(now.getTime() + sessionMax),
    ended_at: null,
    ip: ctx.ip,
    user_agent: input.userAgent?.slice(0, 400) ?? null,
  })
  // Whoever signs in at the desk stands in the audit by name from the first row on.
  const actor: Actor =
    input.realm === 'operator' ? { kind: 'operator', operatorId: input.accountId, sessionId: id } : ctx.actor
  await record({ ...ctx, actor }, signedIn(input))
  return { token }
}

function signedIn(input: NewSession): Happening {
  switch (input.realm) {
    case 'console':
      return {
        kind: 'console_account.signed_in',
        about: { consoleAccountId: input.accountId },
        detail: { site: input.site },
      }
    case 'billing':
      return { kind: 'billing_account.signed_in', about: { billingAccountId: input.accountId } }
    case 'operator':
      return { kind: 'operator.signed_in', about: { operatorId: input.accountId } }
    default:
      return input satisfies never
  }
}
