import type { BillingAccountId, ConsoleAccountId } from '../../contract/ids.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { updateSessionEnded, updateSessionsOfEnded } from './queries.ts'
import type { SessionRow } from './queries.ts'

/** Ends one session; nothing changes where it had ended. */
export async function endSession(ctx: TxCtx, session: SessionRow): Promise<void> {
  const ended = await updateSessionEnded(ctx.db, session.id, ctx.now())
  if (!ended || session.realm === 'operator') return
  await record(
    ctx,
    session.realm === 'console'
      ? { kind: 'console_account.signed_out', about: { consoleAccountId: session.account_id } }
      : { kind: 'billing_account.signed_out', about: { billingAccountId: session.account_id } },
  )
}

/** Ends every session of an account, as a new password does. The caller records why. */
export async function endSessionsOf(ctx: TxCtx, accountId: ConsoleAccountId | BillingAccountId): Promise<void> {
  await updateSessionsOfEnded(ctx.db, accountId, ctx.now())
}
