import type { Settlement } from '../../contract/workspaces.ts'

/** Whether what pays a workspace may change: now, from a day on, or only once the cloud service that pays is closed. */
export type Changeability = { kind: 'now' } | { kind: 'from'; instant: string } | { kind: 'cloud-alive' }

/**
 * Says before anybody tries what the server will answer (product rule "Changing the settlement method"): a live cloud service is not left,
 * one that is closed or suspended always may be, and the balance is left once a calendar month. `changeableFrom` as the contract has it.
 */
export function changeability(settlement: Settlement | null, changeableFrom: string | null): Changeability {
  if (settlement?.method === 'marketplace') {
    return settlement.instanceStatus === 'active' ? { kind: 'cloud-alive' } : { kind: 'now' }
  }
  return changeableFrom === null ? { kind: 'now' } : { kind: 'from', instant: changeableFrom }
}
