import type { BillingAccountId, ConsoleAccountId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { insertTermsAcceptance } from './queries.ts'

/** Keeps that the account accepted a version of the terms, with the time; once per account and version. */
export async function acceptTerms(
  ctx: TxCtx,
  input: { accountId: ConsoleAccountId | BillingAccountId; version: string },
): Promise<void> {
  const first = await insertTermsAcceptance(ctx.db, {
    account_id: input.accountId,
    version: input.version,
    accepted_at: ctx.now(),
    ip: ctx.ip,
  })
  if (!first) return
  await record(ctx, {
    kind: 'terms.accepted',
    about: { accountId: input.accountId },
    detail: { version: input.version },
  })
}

/** Refuses an acceptance of any version but the current one. Throws `terms_outdated` (version) on `acceptTerms`. */
export function refuseOutdatedTerms(ctx: Ctx, version: string): void {
  const current = ctx.services.config.catalogue.terms.version
  if (version !== current) throw new Problem('terms_outdated', { version: current }, 'acceptTerms')
}
