import { newId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { record } from '../platform/record.ts'
import { hashPassword, refuseCommonPassword } from './passwords.ts'
import { insertOperator } from './queries.ts'
import type { OperatorRow } from './queries.ts'

export interface NewOperator {
  username: string
  /** What the audit and the desk call them. */
  name: string
  password: string
}

/** Adds somebody to the operator desk. Throws `username_taken`, `password_too_common`. */
export async function addOperator(ctx: Ctx, input: NewOperator): Promise<OperatorRow> {
  refuseCommonPassword(input.password, [input.username])
  const passwordHash = await hashPassword(input.password)
  return inTransaction(ctx, async (tx) => {
    const created = await insertOperator(tx.db, {
      id: newId('operator'),
      username: input.username,
      name: input.name,
      password_hash: passwordHash,
      disabled_at: null,
      created_at: tx.now(),
    })
    if (!created) throw new Problem('username_taken', {}, 'username')
    await record(tx, {
      kind: 'operator.added',
      about: { operatorId: created.id },
      detail: { username: created.username },
    })
    return created
  })
}
