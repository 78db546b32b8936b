import type { ActivationStep, ActivationView } from '../../contract/activation.ts'

/** What decides where an activation stands, as one browser may know it. */
export interface Progress {
  source: 'hand-off' | 'website'
  path: 'new' | 'existing' | null
  /** Basic information was saved. */
  hasDraft: boolean
  /** A Billing Center account holds this: the cloud account is bound, or this activation registered one. */
  hasAccount: boolean
  /** The account was registered in this very activation, and its workspace is not made yet. */
  awaitsMethod: boolean
  /** This browser has proven the person it belongs to. */
  proven: boolean
  /** Workspaces the instance settles. */
  settledCount: number
  confirmed: boolean
}

/** The first unfinished step (product rules "Hand-off" and "Activation is resumable"). */
export function currentStep(progress: Progress): ActivationStep {
  if (progress.confirmed) return 'done'
  if (progress.hasAccount) return stepWithAccount(progress)
  if (progress.path === null) return 'landing'
  if (progress.path === 'existing') return 'account'
  if (!progress.hasDraft) return 'basic'
  return progress.proven ? 'company' : 'prove'
}

function stepWithAccount(progress: Progress): ActivationStep {
  // Whoever may open the instance may see what it settles; to change anything they prove the account first.
  if (!progress.proven) return progress.settledCount > 0 ? 'done' : 'prove'
  return progress.awaitsMethod ? 'method' : 'workspaces'
}

/** Steps of the rail for the path taken, in order; `prove` stands in only while it is asked for. */
function stepsOnRail(progress: Progress, current: ActivationStep): ActivationStep[] {
  const proof: ActivationStep[] = current === 'prove' ? ['prove'] : []
  if (progress.source === 'website') return [...proof, 'basic', 'company', 'method', 'done']
  if (progress.path === 'new') return ['landing', ...proof, 'basic', 'company', 'method', 'done']
  if (progress.path === 'existing') return ['landing', ...proof, 'account', 'workspaces', 'done']
  return progress.hasAccount ? [...proof, 'workspaces', 'done'] : ['landing', 'account', 'workspaces', 'done']
}

/** The rail as shown: finished steps ticked, the present one marked, and which may be opened again. */
export function rail(progress: Progress): ActivationView['rail'] {
  const current = currentStep(progress)
  const steps = stepsOnRail(progress, current)
  const position = steps.indexOf(current)
  return steps.map((step, index) => ({
    step,
    state: stateOf(step, index, position, progress),
    revisitable: mayRevisit(step, progress) && step !== current,
  }))
}

function stateOf(
  step: ActivationStep,
  index: number,
  position: number,
  progress: Progress,
): 'done' | 'current' | 'upcoming' {
  if (index === position) return step === 'done' ? 'done' : 'current'
  // The proof stands before steps that were already finished in another browser.
  if (step === 'basic' && (progress.hasDraft || progress.hasAccount)) return 'done'
  if ((step === 'company' || step === 'account') && progress.hasAccount) return 'done'
  return index < position ? 'done' : 'upcoming'
}

/** Until an account exists everything entered may be looked at and changed; afterwards only workspaces may be added. */
function mayRevisit(step: ActivationStep, progress: Progress): boolean {
  if (step === 'workspaces') return progress.hasAccount && progress.settledCount > 0
  if (progress.hasAccount) return false
  if (step === 'landing') return true
  return step === 'basic' && progress.hasDraft && progress.proven
}
