import { pushStates } from '../../contract/settlement.ts'
import type { PushState } from '../../contract/settlement.ts'

/** What can happen to a record. */
export type PushStep =
  | 'seal'
  | 'carry'
  | 'send'
  | 'accepted'
  | 'duplicate'
  | 'rejected'
  /** The marketplace certainly did not count it: it waits again. */
  | 'put_back'
  | 'lost'
  | 'expire'
  | 'resolve_accepted'
  | 'resolve_rejected'
  /** Somebody found that it was not counted, in time to send it again. */
  | 'resolve_not_counted'

/**
 * The machine of product.md ("Pushing") as data: step → state it is allowed in → state it leads to. The same arrows are enforced by
 * a trigger of migration 0011. `accepted`, `duplicate`, `rejected` and `put_back` lead out of UNKNOWN too: the sender was taken for
 * dead, and then its answer arrived after all.
 */
export const pushSteps: Readonly<Record<PushStep, Partial<Record<PushState, PushState>>>> = {
  seal: { OPEN: 'SEALED' },
  carry: { OPEN: 'CARRIED' },
  send: { SEALED: 'SENDING' },
  accepted: { SENDING: 'ACCEPTED', UNKNOWN: 'ACCEPTED' },
  duplicate: { SENDING: 'DUPLICATE', UNKNOWN: 'DUPLICATE' },
  rejected: { SENDING: 'REJECTED', UNKNOWN: 'REJECTED' },
  put_back: { SENDING: 'SEALED', UNKNOWN: 'SEALED' },
  lost: { SENDING: 'UNKNOWN' },
  expire: { SEALED: 'EXPIRED' },
  resolve_accepted: { UNKNOWN: 'ACCEPTED' },
  resolve_rejected: { UNKNOWN: 'REJECTED' },
  resolve_not_counted: { UNKNOWN: 'SEALED' },
}

/** The state a step leads to; null where it is not allowed. */
export function afterStep(state: PushState, step: PushStep): PushState | null {
  return pushSteps[step][state] ?? null
}

/** States in which a step is allowed. */
export function statesBefore(step: PushStep): PushState[] {
  return pushStates.filter((state) => pushSteps[step][state] !== undefined)
}

/** Every arrow once, for the database's own guard. */
export function pushArrows(): { from: PushState; to: PushState }[] {
  const arrows = Object.values(pushSteps).flatMap((step) =>
    pushStates.flatMap((from) => (step[from] ? [{ from, to: step[from] }] : [])),
  )
  return arrows.filter(
    (arrow, index) => arrows.findIndex((other) => other.from === arrow.from && other.to === arrow.to) === index,
  )
}

/** States nothing leads out of. */
export const endStates: readonly PushState[] = pushStates.filter(
  (state) => !pushArrows().some((arrow) => arrow.from === state),
)
