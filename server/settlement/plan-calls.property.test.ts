import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { InstanceId } from '../../contract/ids.ts'
import { alibabaMeterRules as rules } from '../marketplaces/alibaba/meter-rules.ts'
import { planCalls } from './plan-calls.ts'
import type { Sendable } from './plan-calls.ts'

const now = new Date('2026-03-10T01:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

const record = fc
  .record({
    number: fc.nat(8),
    deadline: fc.integer({ min: 1, max: 500 }).map((minutes) => new Date(now.getTime() + minutes * 60_000)),
    alone: fc.boolean(),
  })
  .map(({ number, deadline, alone }) => ({
    instanceId: `inst_${number}` as InstanceId,
    marketplace: 'alibaba',
    productCode: number % 2 === 0 ? 'even' : 'odd',
    deadline,
    alone,
  }))
const records = fc
  .array(record, { maxLength: 300 })
  .map((list) => list.map((each, index): Sendable => ({ id: `urec_${String(index).padStart(4, '0')}`, ...each })))
const lastCallAt = fc
  .dictionary(
    fc.nat(8).map((number) => `inst_${number}`),
    fc.integer({ min: 0, max: 120 }).map(ago),
  )
  .map((entries) => new Map(Object.entries(entries) as [InstanceId, Date][]))

test('every call keeps the limits, no instance is in two, and none comes before its turn', () => {
  fc.assert(
    fc.property(records, lastCallAt, (sealed, last) => {
      const calls = planCalls(sealed, { rules, lastCallAt: last, now })
      const seen = new Map<InstanceId, number>()
      calls.forEach((call, index) => {
        expect(call.length).toBeGreaterThan(0)
        expect(call.length).toBeLessThanOrEqual(rules.recordsPerCall)
        expect(new Set(call.map((each) => each.productCode)).size).toBe(1)
        if (call.some((each) => each.alone)) expect(call).toHaveLength(1)
        for (const each of call) {
          expect(seen.get(each.instanceId) ?? index).toBe(index)
          seen.set(each.instanceId, index)
          const turn = last.get(each.instanceId)
          if (turn) expect(now.getTime() - turn.getTime()).toBeGreaterThanOrEqual(60_000)
        }
      })
      const ids = calls.flat().map((each) => each.id)
      expect(new Set(ids).size).toBe(ids.length)
      // Whoever may be called now is: nobody with something to send is left out.
      for (const each of sealed) {
        const turn = last.get(each.instanceId)
        if (!turn || now.getTime() - turn.getTime() >= 60_000) expect(seen.has(each.instanceId)).toBe(true)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('an instance with 250 records is served in three turns, soonest deadline first', () => {
  let left = Array.from({ length: 250 }, (_, index): Sendable => ({
    id: `urec_${String(index).padStart(3, '0')}`,
    instanceId: 'inst_1' as InstanceId,
    marketplace: 'alibaba',
    productCode: 'p',
    deadline: new Date(now.getTime() + (1_000 - index) * 1000),
    alone: false,
  }))
  const turns: number[] = []
  while (left.length > 0) {
    const [call] = planCalls(left, { rules, lastCallAt: new Map(), now })
    turns.push(call!.length)
    const sent = new Set(call!.map(({ id }) => id))
    const waiting = left.filter(({ id }) => !sent.has(id))
    expect(waiting.every((each) => each.deadline >= call!.at(-1)!.deadline)).toBe(true)
    left = waiting
  }
  expect(turns).toEqual([100, 100, 50])
})
