import type { BillingAccountId, ConsoleAccountId, OperatorId } from '../../contract/ids.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import type { Happening } from '../platform/record.ts'
import { updateSessionEnded, updateSessionsOfEnded } from './queries.ts'
import type { SessionRow } from './queries.ts'

/** Ends one session; nothing changes where it had ended. */
export async function endSession(ctx: TxCtx, session: SessionRow): Promise<void> {
  const ended = await updateSessionEnded(ctx.db, session.id, ctx.now())
  if (ended) await record(ctx, signedOut(session))
}

function signedOut({ realm, account_id: accountId }: SessionRow): Happening {
  switch (realm) {
    case 'console':
      return { kind: 'console_account.signed_out', about: { consoleAccountId: accountId } }
    case 'billing':
      return { kind: 'billing_account.signed_out', about: { billingAccountId: accountId } }
    case 'operator':
      return { kind: 'operator.signed_out', about: { operatorId: accountId } }
    default:
      return realm satisfies never
  }
}

/** Ends every session of an account, as a new password does. The caller records why. */
export async function endSessionsOf(
  ctx: TxCtx,
  accountId: ConsoleAccountId | BillingAccountId | OperatorId,
): Promise<void> {
  await updateSessionsOfEnded(ctx.db, accountId, ctx.now())
}
