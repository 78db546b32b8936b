import type { WorkspaceId } from '../../contract/ids.ts'
import { retentionPolicies } from '../../contract/retention.ts'
import type { RetentionPolicy } from '../../contract/retention.ts'
import type { Ctx } from '../context.ts'
import { retentionOffered } from './retention.ts'
import { selectRetentionChoices } from './retention-queries.ts'

export interface RetentionInForce {
  /** Days for what is written now. */
  now: number
  next: { days: number; from: Date } | null
}

/** What a commercial workspace chose for each kind of data, or the usual days. */
export async function readRetentionChoices(
  ctx: Ctx,
  workspaceId: WorkspaceId,
): Promise<Record<RetentionPolicy, RetentionInForce>> {
  const at = ctx.now()
  const chosen = await selectRetentionChoices(ctx.db, workspaceId, at)
  const inForce = (policy: RetentionPolicy): RetentionInForce => {
    const own = chosen.filter((choice) => choice.policy === policy)
    return {
      now: own.find(({ from }) => from <= at)?.days ?? retentionOffered(policy).usual,
      next: own.find(({ from }) => from > at) ?? null,
    }
  }
  return Object.fromEntries(retentionPolicies.map((policy) => [policy, inForce(policy)])) as Record<
    RetentionPolicy,
    RetentionInForce
  >
}
