import { Problem } from '../../contract/problems.ts'
import type { BillingAccountRow } from '../identity/find-account.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import type { LoadedActivation } from './load-activation.ts'

/** A purchase that was closed meanwhile cannot be activated. Throws `instance_released`. */
export function refuseReleased(activation: LoadedActivation): void {
  if (activation.instance?.status === 'released') throw new Problem('instance_released')
}

/** Steps before an account exists: choosing a path and entering details. Throws `step_not_open`. */
export function requireNoAccount(activation: LoadedActivation): void {
  refuseReleased(activation)
  if (activation.account) throw new Problem('step_not_open')
}

/** Steps of the proven account. Throws `step_not_open` without an account, `proof_needed` without a proof. */
export function requireProvenAccount(activation: LoadedActivation): BillingAccountRow {
  refuseReleased(activation)
  if (!activation.account) throw new Problem('step_not_open')
  if (!activation.progress.proven) throw new Problem('proof_needed')
  return activation.account
}

/** Binding and creating workspaces belongs to a purchased instance. Throws `step_not_open` for a website registration. */
export function requireInstance(activation: LoadedActivation): InstanceRow {
  if (!activation.instance) throw new Problem('step_not_open')
  return activation.instance
}

/** Throws `site_not_offered` naming the sites the product is offered on. */
export function requireOfferedSite(activation: LoadedActivation, site: string): void {
  if (!activation.siteCodes.includes(site)) {
    throw new Problem('site_not_offered', { allowed: activation.siteCodes.join(', ') }, 'site')
  }
}
