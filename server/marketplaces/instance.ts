import type { InstanceStatus } from '../../contract/accounts.ts'
import type { EventKind } from '../events.ts'
import type { InstanceState, NotificationKind } from './connector.ts'
import type { Verdict } from './tables.ts'

/** What a notification does to an instance in a given status. */
export type Step =
  /** It happened: the status it leads to and the event that tells it. */
  | { verdict: Extract<Verdict, 'applied'>; status: InstanceStatus; event: EventKind }
  /** Nothing to do, answered as if done. */
  | { verdict: Extract<Verdict, 'duplicate' | 'stale'>; answer: 'done' }
  /** Refused; the marketplace tries again. `disputed`: the two of us disagree about what is released. */
  | { verdict: Extract<Verdict, 'stale' | 'unknown_instance'>; answer: 'refused'; disputed: boolean }

const duplicate: Step = { verdict: 'duplicate', answer: 'done' }
/** The purchase has not arrived yet: refused, so that the marketplace tells it again once it has. */
const tooEarly: Step = { verdict: 'unknown_instance', answer: 'refused', disputed: false }
const afterRelease: Step = { verdict: 'stale', answer: 'refused', disputed: true }

function becomes(status: InstanceStatus, event: EventKind): Step {
  return { verdict: 'applied', status, event }
}

/**
 * The life of an instance (reference "Lifecycle state machine"): notification → status it finds → step. Released is final: an
 * instance is never opened again, a new purchase has a new one.
 */
export const lifecycle: Readonly<Record<NotificationKind, Readonly<Record<InstanceStatus | 'absent', Step>>>> = {
  purchased: {
    absent: becomes('active', 'instance.purchased'),
    active: duplicate,
    suspended: duplicate,
    released: duplicate,
  },
  renewed: {
    absent: tooEarly,
    active: becomes('active', 'instance.renewed'),
    // Pay-as-you-go arrears were paid: the vendor tells it with the same verb.
    suspended: becomes('active', 'instance.restored'),
    released: afterRelease,
  },
  upgraded: {
    absent: tooEarly,
    active: becomes('active', 'instance.upgraded'),
    suspended: becomes('suspended', 'instance.upgraded'),
    released: { verdict: 'stale', answer: 'refused', disputed: false },
  },
  suspended: {
    absent: tooEarly,
    active: becomes('suspended', 'instance.suspended'),
    suspended: duplicate,
    released: { verdict: 'stale', answer: 'done' },
  },
  released: {
    absent: tooEarly,
    active: becomes('released', 'instance.released'),
    suspended: becomes('released', 'instance.released'),
    released: duplicate,
  },
}

/** The step a notification asks for, a repetition of one already applied being none. */
export function stepFor(kind: NotificationKind, status: InstanceStatus | 'absent', alreadyApplied: boolean): Step {
  return alreadyApplied ? duplicate : lifecycle[kind][status]
}

/**
 * Whether the marketplace should be asked what is true after a notification. Always when something changed: a replayed
 * `expiredInstance` cannot be told from a genuine one, and messages overtake each other. Also when a renewal we took before
 * comes again for a closed instance: an old message repeated, or arrears paid under the same order once more.
 */
export function needsConfirmation(kind: NotificationKind, step: Step, status: InstanceStatus | 'absent'): boolean {
  if (step.verdict === 'applied') return true
  return (kind === 'renewed' && status === 'suspended') || (step.verdict === 'stale' && step.answer === 'refused')
}

/** What we hold of an instance, as far as the marketplace's word can change it. */
export interface KnownInstance {
  status: InstanceStatus
  sku: string
  expiresOn: Date | null
}

/** How our record meets the marketplace's word. */
export type Settling =
  | { kind: 'agrees' }
  | { kind: 'corrects'; change: KnownInstance; events: EventKind[] }
  /** We hold it released, the marketplace has it open: told to people, never undone. */
  | { kind: 'disputed' }
  /** The marketplace is still opening it; nothing can be said yet. */
  | { kind: 'undecided' }

/** Compares what we hold with what the marketplace says now. Its word holds, except that a release is never undone. */
export function settle(known: KnownInstance, state: InstanceState): Settling {
  if (state.status === 'opening') return { kind: 'undecided' }
  if (known.status === 'released') return state.status === 'released' ? { kind: 'agrees' } : { kind: 'disputed' }
  const change = {
    status: state.status,
    sku: state.skus.includes(known.sku) ? known.sku : (state.skus[0] ?? known.sku),
    expiresOn: state.expiresOn ?? known.expiresOn,
  }
  const events: EventKind[] = []
  if (change.sku !== known.sku) events.push('instance.upgraded')
  if (change.status !== known.status) events.push(eventOf(change.status))
  return events.length === 0 ? { kind: 'agrees' } : { kind: 'corrects', change, events }
}

function eventOf(status: InstanceStatus): EventKind {
  switch (status) {
    case 'active':
      return 'instance.restored'
    case 'suspended':
      return 'instance.suspended'
    case 'released':
      return 'instance.released'
    default:
      return status satisfies never
  }
}
