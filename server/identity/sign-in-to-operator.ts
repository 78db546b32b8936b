import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { checkPassword } from './check-password.ts'
import { endSession } from './end-session.ts'
import { findOperator } from './find-account.ts'
import type { OperatorRow } from './find-account.ts'
import { readSession } from './read-session.ts'
import { startSession } from './start-session.ts'

export interface OperatorSignIn {
  /** Username. */
  identifier: string
  password: string
  /** Token this browser still holds: that session ends, whoever's it was. */
  oldToken: string | undefined
  userAgent: string | undefined
}

/** Signs in to the operator desk; a barred operator is nobody. Throws `sign_in_failed`, `too_many_requests`. */
export async function signInToOperator(
  ctx: Ctx,
  input: OperatorSignIn,
): Promise<{ operator: OperatorRow; token: string }> {
  const found = await findOperator(ctx, input.identifier)
  const operator = await checkPassword(ctx, { ...input, place: 'operator' }, found?.disabled_at ? null : found)
  return inTransaction(ctx, async (tx) => {
    const old = await readSession(tx, 'operator', input.oldToken)
    if (old) await endSession(tx, old)
    const { token } = await startSession(tx, {
      realm: 'operator',
      accountId: operator.id,
      userAgent: input.userAgent ?? null,
    })
    return { operator, token }
  })
}
