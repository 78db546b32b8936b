import { createContext, useContext } from 'react'
import type { ActivationStep, ActivationView } from '../../contract/activation.ts'
import type { ApiProblem } from '../api.ts'
import type { Opening } from './steps.ts'

/** What every step needs: the view, and what to do with the server's answers. */
export interface Activation {
  view: ActivationView
  opening: Opening
  /** Takes a newer view without moving. */
  accept: (view: ActivationView) => void
  /** Takes a newer view and goes to its first unfinished step. */
  proceed: (view: ActivationView) => Promise<void>
  goTo: (step: ActivationStep) => Promise<void>
  /** Deals with the refusals any step may get (finished elsewhere, signed out); true when it did. */
  refused: (problem: ApiProblem) => boolean
}

export const ActivationContext = createContext<Activation | null>(null)

/** The activation this browser holds. Only below ActivationLayout. */
export function useActivation(): Activation {
  const activation = useContext(ActivationContext)
  if (!activation) throw new Error('useActivation is used outside ActivationLayout')
  return activation
}
