import type { ActivationStep, ActivationView } from '../../contract/activation.ts'
import { paths } from '../paths.ts'

type Seen = Pick<ActivationView, 'step' | 'rail' | 'proven' | 'account'>

/** How a step may be opened: to be done now, looked back at (and changed or not), or not at all. */
export type Opening = { as: 'present' } | { as: 'past'; changeable: boolean } | { as: 'closed'; goTo: ActivationStep }

/** Whether the step in the URL may be shown, by what the server says of the activation. */
export function openingOf(view: Seen, wanted: ActivationStep): Opening {
  if (wanted === view.step) return { as: 'present' }
  // Whoever only looks at what is settled proves the account before adding a workspace.
  if (wanted === 'prove') return !view.proven && view.account ? { as: 'present' } : { as: 'closed', goTo: view.step }
  const onRail = view.rail.find((entry) => entry.step === wanted)
  // The list of workspaces is a place to come back to: it has no past form.
  if (wanted === 'workspaces') {
    if (!onRail?.revisitable) return { as: 'closed', goTo: view.step }
    return view.proven ? { as: 'present' } : { as: 'closed', goTo: 'prove' }
  }
  if (onRail?.state === 'done' && wanted !== 'done') return { as: 'past', changeable: onRail.revisitable }
  return { as: 'closed', goTo: view.step }
}

/** The step a URL under /activate stands for; null for none. The page for a new workspace belongs to `workspaces`. */
export function stepOfPath(path: string): ActivationStep | null {
  const clean = path.replace(/\/+$/, '')
  if (clean === paths.activation.newWorkspace()) return 'workspaces'
  const steps = ['landing', 'basic', 'company', 'method', 'account', 'prove', 'workspaces', 'done'] as const
  return steps.find((step) => paths.activation.step(step) === clean) ?? null
}

/** The step before this one on the rail that can be looked back at; null at the beginning. */
export function stepBefore(view: Seen, step: ActivationStep): ActivationStep | null {
  const at = view.rail.findIndex((entry) => entry.step === step)
  const before = view.rail.slice(0, Math.max(at, 0)).filter((entry) => entry.state === 'done' && entry.step !== 'prove')
  return before.at(-1)?.step ?? null
}
