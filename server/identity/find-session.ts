import type { BillingAccountId, ConsoleAccountId, Id } from '../../contract/ids.ts'
import { idOf } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { readSession } from './read-session.ts'
import type { SessionPlace } from './session-cookies.ts'

/** Reads the token a browser presents for one place; made from its cookies. */
export type TokenOf = (place: SessionPlace) => string | undefined

const consoleAccountId = idOf('consoleAccount')
const billingAccountId = idOf('billingAccount')
const operatorId = idOf('operator')

/** This browser's live console session on one site, or null. A token of another site's cookie does not count. */
export async function findConsoleSession(
  ctx: Ctx,
  tokenOf: TokenOf,
  site: string,
): Promise<{ id: Id<'session'>; accountId: ConsoleAccountId } | null> {
  const session = await readSession(ctx, 'console', tokenOf({ realm: 'console', site }))
  return session?.site === site ? { id: session.id, accountId: consoleAccountId.parse(session.account_id) } : null
}

/** This browser's live Billing Center session, or null. */
export async function findBillingSession(
  ctx: Ctx,
  tokenOf: TokenOf,
): Promise<{ id: Id<'session'>; accountId: BillingAccountId } | null> {
  const session = await readSession(ctx, 'billing', tokenOf({ realm: 'billing' }))
  return session && { id: session.id, accountId: billingAccountId.parse(session.account_id) }
}

/** This browser's live operator session, or null. */
export async function findOperatorSession(
  ctx: Ctx,
  tokenOf: TokenOf,
): Promise<{ id: Id<'session'>; operatorId: Id<'operator'> } | null> {
  const session = await readSession(ctx, 'operator', tokenOf({ realm: 'operator' }))
  return session && { id: session.id, operatorId: operatorId.parse(session.account_id) }
}
