import type { z } from 'zod'
import type { confirmActivation } from '../../contract/activation.ts'

export type Next = z.output<(typeof confirmActivation)['response']>['next']

/** The activation finished in this tab, and where Confirm said to go; in memory, so that a later visit shows the list instead. */
let ending: { activationId: string; next: Next | null } | null = null

export function rememberEnding(activationId: string, next: Next | null = null): void {
  ending = { activationId, next }
}

/** The ending of this activation when it was reached in this tab; null on any later visit. */
export function endingOf(activationId: string): { next: Next | null } | null {
  return ending?.activationId === activationId ? ending : null
}
