import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { countAttempt, forgiveAttempt } from '../platform/rate-limit.ts'
import type { Limit } from '../platform/rate-limit.ts'
import { tokenHash } from '../platform/secrets.ts'
import { passwordMatches } from './passwords.ts'

export interface PasswordClaim {
  /** `billing`, or `console` and the site: names in one place say nothing about another. */
  place: string
  identifier: string
  password: string
}

/**
 * Only failures are counted, in windows of a quarter of an hour, so nobody is locked out for longer. From one place a
 * person gets ten; guessing spread over many places meets the second wall, which is far enough away that a stranger
 * cannot cheaply shut somebody out; trying one password on many names meets the third.
 */
const window = 900
const perPersonAndPlace: Limit = { max: 10, windowSeconds: window }
const perPerson: Limit = { max: 60, windowSeconds: window }
const perPlace: Limit = { max: 100, windowSeconds: window }

/**
 * Checks a password against the account found for the identifier, or against nobody's in the same time.
 * Throws `sign_in_failed` for either being wrong, `too_many_requests` (seconds) before even looking.
 */
export async function checkPassword<Account extends { password_hash: string }>(
  ctx: Ctx,
  claim: PasswordClaim,
  account: Account | null,
): Promise<Account> {
  const counted = limitsOf(ctx, claim)
  for (const { key, limit } of counted) await countAttempt(ctx, key, limit)
  const matches = await passwordMatches(account?.password_hash ?? null, claim.password)
  if (!account || !matches) throw new Problem('sign_in_failed')
  for (const { key, limit } of counted) await forgiveAttempt(ctx, key, limit)
  return account
}

/** Keys hold a digest: people type passwords into the wrong field. */
function limitsOf(ctx: Ctx, claim: PasswordClaim): { key: string; limit: Limit }[] {
  const who = tokenHash(`${claim.place} ${claim.identifier.trim().toLowerCase()}`)
  const where = ctx.ip ?? 'nowhere'
  return [
    { key: `sign-in ${who} ${where}`, limit: perPersonAndPlace },
    { key: `sign-in ${who}`, limit: perPerson },
    { key: `sign-in from ${where}`, limit: perPlace },
  ]
}
