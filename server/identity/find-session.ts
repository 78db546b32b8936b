import type { BillingAccountId, ConsoleAccountId, Id, OperatorId } from '../../contract/ids.ts'
import { idOf } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import { selectOperator } from './queries.ts'
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

/** This browser's live operator session, or null; also null once the operator was barred. */
export async function findOperatorSession(
  ctx: Ctx,
  tokenOf: TokenOf,
): Promise<{ id: Id<'session'>; operatorId: OperatorId } | null> {
  const session = await readSession(ctx, 'operator', tokenOf({ realm: 'operator' }))
  if (!session) return null
  const operator = await selectOperator(ctx.db, operatorId.parse(session.account_id))
  return operator && !operator.disabled_at ? { id: session.id, operatorId: operator.id } : null
}
