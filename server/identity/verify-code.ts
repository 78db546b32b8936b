import type { Id } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { sameText } from '../platform/secrets.ts'
import { codeHash, codeTriesMax, judgeCode, sameAddress } from './codes.ts'
import type { CodePurpose } from './codes.ts'
import { returnCodeTry, selectNewestCode, takeCodeTry } from './queries.ts'

export interface CodeClaim {
  purpose: CodePurpose
  address: string
  scope: string
  /** The six digits as typed. */
  code: string
  /** Field the words stand beside; `code` unless given, e.g. `owner.code`. */
  field?: string
}

/** Proof that the person behind the address has just shown its code; `spendCode` uses it up. */
export interface VerifiedCode {
  id: Id<'code'>
  purpose: CodePurpose
  address: string
  scope: string
}

/**
 * Checks a code. A try is taken before the look and given back when it was right, outside any transaction of the caller:
 * a refusal still counts, and five at once are five. Call it before opening a transaction.
 * Throws `code_wrong` (left), `code_expired`, `code_exhausted`, `code_missing`, each on the field.
 */
export async function verifyCode(ctx: Ctx, claim: CodeClaim): Promise<VerifiedCode> {
  const { db, config } = ctx.services
  const field = claim.field ?? 'code'
  const bound = { purpose: claim.purpose, address: sameAddress(claim.address), scope: claim.scope }
  const row = await selectNewestCode(db, bound)
  const state = row ? { purpose: row.purpose, tries: row.tries, expiresAt: row.expires_at, usedAt: row.used_at } : null
  const verdict = judgeCode(state, ctx.now())
  if (!row || verdict === 'missing') throw new Problem('code_missing', {}, field)
  if (verdict === 'expired') throw new Problem('code_expired', {}, field)
  const tries = await takeCodeTry(db, row.id, codeTriesMax, ctx.now())
  if (tries === undefined) throw new Problem('code_exhausted', {}, field)
  if (sameText(codeHash(config.secret, row.id, claim.code), row.code_hash)) {
    await returnCodeTry(db, row.id)
    return { id: row.id, ...bound }
  }
  if (tries === codeTriesMax) throw new Problem('code_exhausted', {}, field)
  throw new Problem('code_wrong', { left: codeTriesMax - tries }, field)
}
