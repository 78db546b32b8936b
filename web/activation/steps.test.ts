import { describe, expect, it } from 'vitest'
import { activationSteps, type ActivationStep } from '../../contract/activation.ts'
import { paths } from '../paths.ts'
import { openingOf, stepBefore, stepOfPath } from './steps.ts'

type Seen = Parameters<typeof openingOf>[0]

function seen(
  step: ActivationStep,
  rail: [ActivationStep, 'done' | 'current' | 'upcoming', boolean?][],
  more: Partial<Seen> = {},
): Seen {
  return {
    step,
    proven: true,
    account: null,
    rail: rail.map(([name, state, revisitable = false]) => ({ step: name, state, revisitable })),
    ...more,
  }
}

const account = { username: 'acme', email: 'a@acme.cn', companyName: 'Acme' }
const atCompany = seen('company', [
  ['landing', 'done', true],
  ['basic', 'done', true],
  ['company', 'current'],
  ['method', 'upcoming'],
  ['done', 'upcoming'],
])
const finished = seen(
  'done',
  [
    ['landing', 'done'],
    ['account', 'done'],
    ['workspaces', 'done', true],
    ['done', 'done'],
  ],
  { account },
)

describe('a URL under /activate', () => {
  it('shows the step the server says comes next', () => {
    expect(openingOf(atCompany, 'company')).toEqual({ as: 'present' })
  })

  it('lets a person look back at a finished step, and change it only while the server allows it', () => {
    expect(openingOf(atCompany, 'basic')).toEqual({ as: 'past', changeable: true })
    expect(openingOf(finished, 'account')).toEqual({ as: 'past', changeable: false })
  })

  it('leads from a step that is not open yet to the present one', () => {
    expect(openingOf(atCompany, 'method')).toEqual({ as: 'closed', goTo: 'company' })
    expect(openingOf(atCompany, 'done')).toEqual({ as: 'closed', goTo: 'company' })
  })

  it('leads from a step of the other path to the present one', () => {
    expect(openingOf(atCompany, 'workspaces')).toEqual({ as: 'closed', goTo: 'company' })
    expect(openingOf(atCompany, 'account')).toEqual({ as: 'closed', goTo: 'company' })
  })

  it('lets a finished buyer bind another workspace', () => {
    expect(openingOf(finished, 'workspaces')).toEqual({ as: 'present' })
    expect(openingOf({ ...finished, proven: false }, 'workspaces')).toEqual({ as: 'closed', goTo: 'prove' })
  })

  it('asks for the proof only of a browser that has not proven the account', () => {
    expect(openingOf(finished, 'prove')).toEqual({ as: 'closed', goTo: 'done' })
    expect(openingOf({ ...finished, proven: false }, 'prove')).toEqual({ as: 'present' })
  })

  it('never sends a person in circles: where it leads, the step opens', () => {
    for (const view of [atCompany, finished, { ...finished, proven: false }]) {
      for (const wanted of activationSteps) {
        const opening = openingOf(view, wanted)
        if (opening.as === 'closed') expect(openingOf(view, opening.goTo).as).toBe('present')
      }
    }
  })

  it('belongs to exactly one step', () => {
    for (const step of activationSteps) expect(stepOfPath(paths.activation.step(step))).toBe(step)
    expect(stepOfPath('/activate/')).toBe('landing')
    expect(stepOfPath(paths.activation.newWorkspace())).toBe('workspaces')
    expect(stepOfPath('/billing')).toBeNull()
  })
})

describe('Back', () => {
  it('leads to the step before, and nowhere from the first one', () => {
    expect(stepBefore(atCompany, 'company')).toBe('basic')
    expect(stepBefore(atCompany, 'basic')).toBe('landing')
    expect(stepBefore(atCompany, 'landing')).toBeNull()
  })
})
