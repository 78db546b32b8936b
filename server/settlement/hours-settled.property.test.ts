import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { InstanceId, WorkspaceId } from '../../contract/ids.ts'
import type { SettledSpan } from '../bindings/settled-spans.ts'
import { hourMilliseconds, paysHour } from './hours-settled.ts'

const workspaceId = 'wksp_1' as WorkspaceId
const minute = 60_000

test('whenever the settlement method changes, every hour from the first binding on has exactly one payer', () => {
  const changes = fc
    .uniqueArray(fc.nat(60 * 24), { minLength: 1, maxLength: 8 })
    .map((list) => list.toSorted((a, b) => a - b))
  fc.assert(
    fc.property(changes, fc.nat(23), (minutes, hourNumber) => {
      const spans = minutes.map((at, index): SettledSpan => {
        const next = minutes[index + 1]
        return {
          instanceId: 'inst_1' as InstanceId,
          workspaceId,
          from: new Date(at * minute),
          until: next === undefined ? null : new Date(next * minute),
          first: index === 0,
        }
      })
      const hour = new Date(hourNumber * hourMilliseconds)
      const payers = spans.filter((span) => paysHour(span, hour))
      const bound = minutes[0]! * minute < hour.getTime() + hourMilliseconds
      expect(payers).toHaveLength(bound ? 1 : 0)
    }),
    { numRuns: 1_000 },
  )
})
