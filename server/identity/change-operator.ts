import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { endSessionsOf } from './end-session.ts'
import { findOperator } from './find-account.ts'
import type { OperatorRow } from './find-account.ts'
import { hashPassword, refuseCommonPassword } from './passwords.ts'
import { updateOperatorDisabled, updateOperatorPassword } from './queries.ts'

/** Gives an operator a new password and ends their sessions. Throws `not_found`, `password_too_common`. */
export async function resetOperatorPassword(ctx: Ctx, input: { username: string; password: string }): Promise<void> {
  refuseCommonPassword(input.password, [input.username])
  const passwordHash = await hashPassword(input.password)
  await inTransaction(ctx, async (tx) => {
    const operator = await named(tx, input.username)
    await updateOperatorPassword(tx.db, operator.id, passwordHash)
    await endSessionsOf(tx, operator.id)
    await record(tx, { kind: 'operator.password_reset', about: { operatorId: operator.id } })
  })
}

/** Bars an operator at once, on every device; the audit keeps their name. Throws `not_found`. */
export async function disableOperator(ctx: Ctx, username: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const operator = await named(tx, username)
    if (operator.disabled_at) return
    await updateOperatorDisabled(tx.db, operator.id, tx.now())
    await endSessionsOf(tx, operator.id)
    await record(tx, { kind: 'operator.disabled', about: { operatorId: operator.id } })
  })
}

/** Lets a barred operator in again, with the password they had. Throws `not_found`. */
export async function enableOperator(ctx: Ctx, username: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const operator = await named(tx, username)
    if (!operator.disabled_at) return
    await updateOperatorDisabled(tx.db, operator.id, null)
    await record(tx, { kind: 'operator.enabled', about: { operatorId: operator.id } })
  })
}

async function named(ctx: TxCtx, username: string): Promise<OperatorRow> {
  const operator = await findOperator(ctx, username)
  if (!operator) throw new Problem('not_found')
  return operator
}
