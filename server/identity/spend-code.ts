import { Problem } from '../../contract/problems.ts'
import type { TxCtx } from '../context.ts'
import { singleUse } from './codes.ts'
import { updateCodeUsed } from './queries.ts'
import type { VerifiedCode } from './verify-code.ts'

/**
 * Uses up a verified code in the commit of what it allowed. Again is fine, since a step may be submitted twice, except
 * for a password reset: throws `code_expired` then.
 */
export async function spendCode(ctx: TxCtx, verified: VerifiedCode): Promise<void> {
  const first = await updateCodeUsed(ctx.db, verified.id, ctx.now())
  if (!first && singleUse(verified.purpose)) throw new Problem('code_expired', {}, 'code')
}
