import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { UsageVerdict } from '../marketplaces/connector.ts'
import { decideVerdict } from './decide-verdict.ts'
import { pushStates } from '../../contract/settlement.ts'
import { afterStep, endStates, pushSteps, statesBefore } from './push-states.ts'
import type { PushState } from '../../contract/settlement.ts'
import type { PushStep } from './push-states.ts'

test('what is over is over', () => {
  expect(endStates.toSorted()).toEqual(['ACCEPTED', 'CARRIED', 'DUPLICATE', 'EXPIRED', 'REJECTED'])
})

test('nothing unknown is ever sent: only what waits sealed is', () => {
  expect(statesBefore('send')).toEqual(['SEALED'])
  expect(statesBefore('lost')).toEqual(['SENDING'])
})

const verdict: fc.Arbitrary<UsageVerdict> = fc.oneof(
  fc.constant<UsageVerdict>({ kind: 'accepted', receipt: 'r' }),
  fc.constant<UsageVerdict>({ kind: 'duplicate', code: 'DuplicateRecord' }),
  fc
    .constantFrom('Service.Flow.Control', 'SignatureDoesNotMatch', 'ECONNREFUSED')
    .map((code): UsageVerdict => ({ kind: 'retry', code, afterSeconds: 60 })),
  fc
    .constantFrom('Invalid.Parameter.Instance', 'Permission.Denied', 'Metering.Data.Exceeded')
    .map((code): UsageVerdict => ({ kind: 'rejected', code, message: '' })),
  fc.constantFrom('UnknownError', 'TimeoutError').map((code): UsageVerdict => ({ kind: 'unknown', code })),
)
/** Things that happen to a record: an answer, a crash before it, an answer of one taken for dead, the deadline, a person. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('answer' as const), verdict, together: fc.integer({ min: 1, max: 100 }) }),
  fc.record({
    kind: fc.constantFrom(
      'crash',
      'deadline',
      'seal',
      'send',
      'resolve_accepted',
      'resolve_rejected',
      'resolve_not_counted',
    ),
  }),
)

test('under any sequence of verdicts and crashes a push is in exactly one state, leaves an end state never, and is counted at most once by our doing', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (story) => {
      let state: PushState = 'OPEN'
      let inDoubt = false
      for (const event of story) {
        const before: PushState = state
        const step = stepOf(event)
        const next = afterStep(state, step)
        if (endStates.includes(before)) expect(next).toBeNull()
        // A record in doubt is sent again only after somebody found, or its own answer said, that it was not counted.
        if (step === 'send' && next !== null) expect(inDoubt).toBe(false)
        if (step === 'lost' && next !== null) inDoubt = true
        if (next !== null && ['put_back', 'resolve_not_counted'].includes(step)) inDoubt = false
        if (next !== null) expect(pushStates).toContain(next)
        state = next ?? state
      }
      expect(pushStates.filter((each) => each === state)).toHaveLength(1)
    }),
    { numRuns: 3_000 },
  )

  function stepOf(event: { kind: string; verdict?: UsageVerdict; together?: number }): PushStep {
    if (event.kind === 'answer' && event.verdict) {
      return decideVerdict(event.verdict, { now: new Date(0), together: event.together ?? 1 }).step
    }
    if (event.kind === 'crash') return 'lost'
    if (event.kind === 'deadline') return 'expire'
    return Object.keys(pushSteps).find((step): step is PushStep => step === event.kind) ?? 'seal'
  }
})
