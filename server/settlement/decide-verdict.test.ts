import { expect, test } from 'vitest'
import type { UsageVerdict } from '../marketplaces/connector.ts'
import { decideVerdict } from './decide-verdict.ts'

const now = new Date('2026-03-10T01:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const refusal = (code: string): UsageVerdict => ({ kind: 'rejected', code, message: '' })

test.each<[string, UsageVerdict, number, ReturnType<typeof decideVerdict>]>([
  [
    'accepted ends it',
    { kind: 'accepted', receipt: 'r' },
    3,
    { step: 'accepted', sendAfter: null, alone: false, operator: false },
  ],
  [
    'a duplicate ends it',
    { kind: 'duplicate', code: 'c' },
    1,
    { step: 'duplicate', sendAfter: null, alone: false, operator: false },
  ],
  [
    'throttled waits',
    { kind: 'retry', code: 'Service.Flow.Control', afterSeconds: 60 },
    2,
    { step: 'put_back', sendAfter: later(60), alone: false, operator: false },
  ],
  [
    'our keys refused waits and calls somebody',
    { kind: 'retry', code: 'SignatureDoesNotMatch', afterSeconds: 300 },
    2,
    { step: 'put_back', sendAfter: later(300), alone: false, operator: true },
  ],
  [
    'not on the list waits and calls somebody',
    refusal('Permission.Denied'),
    2,
    { step: 'put_back', sendAfter: later(300), alone: false, operator: true },
  ],
  [
    'refused together is tried alone',
    refusal('Invalid.Parameter.Instance'),
    2,
    { step: 'put_back', sendAfter: now, alone: true, operator: false },
  ],
  [
    'refused alone is refused',
    refusal('Invalid.Parameter.Instance'),
    1,
    { step: 'rejected', sendAfter: null, alone: false, operator: true },
  ],
  [
    'no answer is never sent again blindly',
    { kind: 'unknown', code: 'UnknownError' },
    1,
    { step: 'lost', sendAfter: null, alone: false, operator: true },
  ],
])('%s', (_, verdict, together, decision) => {
  expect(decideVerdict(verdict, { now, together })).toEqual(decision)
})
