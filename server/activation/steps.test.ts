import fc from 'fast-check'
import { expect, test } from 'vitest'
import { activationSteps } from '../../contract/activation.ts'
import { currentStep, rail } from './steps.ts'
import type { Progress } from './steps.ts'

const fresh: Progress = {
  source: 'hand-off',
  path: null,
  hasDraft: false,
  hasAccount: false,
  awaitsMethod: false,
  proven: false,
  settledCount: 0,
  confirmed: false,
}

const progress: fc.Arbitrary<Progress> = fc.record({
  source: fc.constantFrom('hand-off', 'website'),
  path: fc.constantFrom(null, 'new', 'existing'),
  hasDraft: fc.boolean(),
  hasAccount: fc.boolean(),
  awaitsMethod: fc.boolean(),
  proven: fc.boolean(),
  settledCount: fc.integer({ min: 0, max: 3 }),
  confirmed: fc.boolean(),
})

test('a buyer who has nothing walks landing, basic, company, method, done', () => {
  const walk: Progress[] = [
    fresh,
    { ...fresh, path: 'new' },
    { ...fresh, path: 'new', hasDraft: true, proven: true },
    { ...fresh, path: 'new', hasAccount: true, awaitsMethod: true, proven: true },
    { ...fresh, path: 'new', hasAccount: true, proven: true, settledCount: 1, confirmed: true },
  ]
  expect(walk.map(currentStep)).toEqual(['landing', 'basic', 'company', 'method', 'done'])
})

test('a buyer with an account walks landing, account, workspaces, done', () => {
  const walk: Progress[] = [
    fresh,
    { ...fresh, path: 'existing' },
    { ...fresh, path: 'existing', hasAccount: true, proven: true },
    { ...fresh, path: 'existing', hasAccount: true, proven: true, settledCount: 1 },
    { ...fresh, path: 'existing', hasAccount: true, proven: true, settledCount: 1, confirmed: true },
  ]
  expect(walk.map(currentStep)).toEqual(['landing', 'account', 'workspaces', 'workspaces', 'done'])
})

test('another browser proves the person before it goes on', () => {
  expect(currentStep({ ...fresh, path: 'new', hasDraft: true })).toBe('prove')
  expect(currentStep({ ...fresh, path: 'new', hasAccount: true, awaitsMethod: true })).toBe('prove')
  expect(currentStep({ ...fresh, hasAccount: true })).toBe('prove')
})

test('a second purchase of a bound cloud account goes to the workspaces once the account is proven', () => {
  expect(currentStep({ ...fresh, hasAccount: true, proven: true })).toBe('workspaces')
})

test('Direct Login on an instance that settles workspaces lists them, whoever opens it', () => {
  expect(currentStep({ ...fresh, hasAccount: true, settledCount: 2 })).toBe('done')
})

test('no browser that has proven nobody ever stands at a step that changes an account', () => {
  fc.assert(
    fc.property(progress, (state) => {
      fc.pre(!state.proven && !state.confirmed)
      const step = currentStep(state)
      expect(['landing', 'basic', 'account', 'prove', 'done']).toContain(step)
    }),
    { numRuns: 1000 },
  )
})

test('the rail shows the present step exactly once, in rail order, with nothing done after it except what was done before', () => {
  fc.assert(
    fc.property(progress, (state) => {
      fc.pre(!(state.source === 'website' && state.path !== 'new'))
      const current = currentStep(state)
      const shown = rail(state)
      expect(activationSteps).toContain(current)
      expect(shown.every((entry) => !(entry.step === current && entry.revisitable))).toBe(true)
      expect(new Set(shown.map((entry) => entry.step)).size).toBe(shown.length)
    }),
    { numRuns: 1000 },
  )
})
