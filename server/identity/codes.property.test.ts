import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeTriesMax, judgeCode, judgeSend } from './codes.ts'

const start = Date.parse('2026-03-10T04:00:00.000Z')

describe('asking for codes again and again', () => {
  it('never sends two within a minute nor six within an hour, and never refuses without need', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 1_500_000 }), { maxLength: 40 })
    fc.assert(
      fc.property(waits, (pauses) => {
        const sent: number[] = []
        let now = start
        for (const pause of pauses) {
          now += pause
          const refusal = judgeSend(
            sent.map((at) => new Date(at)),
            new Date(now),
          )
          const lastHour = sent.filter((at) => at > now - 3_600_000)
          const lastMinute = sent.filter((at) => at > now - 60_000)
          expect(refusal === null).toBe(lastHour.length < 5 && lastMinute.length === 0)
          if (refusal === null) sent.push(now)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('is allowed once the wait it was told is over', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4_000_000 }), { maxLength: 5 }), (ages) => {
        const sent = ages.map((age) => new Date(start - age))
        const refusal = judgeSend(sent, new Date(start))
        if (refusal === null) return
        const wait = refusal.code === 'code_too_soon' ? refusal.seconds * 1000 : refusal.minutes * 60_000
        const after = judgeSend(sent, new Date(start + wait))
        expect(after?.code).not.toBe(refusal.code)
      }),
      { numRuns: 1000 },
    )
  })
})

/** What a person or an attacker may do with one code, and time passing between. */
const steps = fc.array(
  fc.oneof(
    fc.constant({ do: 'wrong' as const }),
    fc.constant({ do: 'right' as const }),
    fc.constant({ do: 'spend' as const }),
    fc.record({ do: fc.constant('wait' as const), milliseconds: fc.integer({ min: 1, max: 400_000 }) }),
  ),
  { maxLength: 30 },
)

describe('the life of a code', () => {
  it('opens at most five wrong tries, never after its end, and resets a password at most once', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom('register-email', 'console-reset'), (taken, purpose) => {
        let state = { purpose, tries: 0, expiresAt: new Date(start + 600_000), usedAt: null as Date | null }
        const counts = { now: start, wrong: 0, spent: 0 }
        let rejected = false
        for (const step of taken) {
          if (step.do === 'wait') counts.now += step.milliseconds
          const verdict = judgeCode(state, new Date(counts.now))
          if (rejected && step.do !== 'wait') expect(verdict).not.toBe('open')
          if (verdict !== 'open') rejected = true
          if (verdict !== 'open' || step.do === 'wait') continue
          expect(counts.now).toBeLessThan(start + 600_000)
          if (step.do === 'wrong') {
            counts.wrong += 1
            state = { ...state, tries: state.tries + 1 }
          }
          if (step.do === 'spend') {
            counts.spent += 1
            state = { ...state, usedAt: new Date(counts.now) }
          }
        }
        expect(counts.wrong).toBeLessThanOrEqual(codeTriesMax)
        if (purpose === 'console-reset') expect(counts.spent).toBeLessThanOrEqual(1)
      }),
      { numRuns: 1000 },
    )
  })
})
