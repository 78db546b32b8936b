import type { ProblemCode } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { queryOf, readParams } from './read-params.ts'
import { connectorOf } from './connector-of.ts'
import { findInstance } from './read-instance.ts'
import type { InstanceRow } from './read-instance.ts'

export type ResolvedHandOff =
  /** `fingerprint` names this one link: see useHandOff for the rule that it works once. */
  | { ok: true; instance: InstanceRow; fingerprint: string }
  | {
      ok: false
      reason: Extract<ProblemCode, 'handoff_tampered' | 'handoff_expired' | 'instance_unknown' | 'instance_released'>
    }

/**
 * Finds out which instance a browser arrives with by its marketplace's sign-on link (Alibaba: Direct Login). Only the request's
 * `url` is read. A suspended instance may still be opened: its buyer has to mend something there. Writes nothing.
 */
export async function resolveHandOff(
  ctx: Ctx,
  marketplace: string,
  request: { url: string },
): Promise<ResolvedHandOff> {
  const connector = connectorOf(ctx.services.config, marketplace)
  const handOff = connector?.readHandOff(readParams(queryOf(request.url)), ctx.now()) ?? { kind: 'tampered' }
  if (handOff.kind === 'tampered') return { ok: false, reason: 'handoff_tampered' }
  if (handOff.kind === 'expired') return { ok: false, reason: 'handoff_expired' }
  const instance = await findInstance(ctx, { marketplace, instanceRef: handOff.instanceRef })
  if (!instance) return { ok: false, reason: 'instance_unknown' }
  if (instance.status === 'released') return { ok: false, reason: 'instance_released' }
  return { ok: true, instance, fingerprint: handOff.fingerprint }
}
