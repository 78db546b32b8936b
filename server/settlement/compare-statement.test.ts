import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Id } from '../../contract/ids.ts'
import type { StatementLine } from '../marketplaces/connector.ts'
import { compareStatement } from './compare-statement.ts'
import type { ComparedRecord } from './compare-statement.ts'
import type { PushState } from '../../contract/settlement.ts'

const series = { instanceRef: '700', dimension: 'Unit', item: 'p-Unit-1' }
let counter = 0
const record = (state: PushState, units: string | null, over: Partial<ComparedRecord> = {}): ComparedRecord => ({
  id: `urec_${String((counter += 1)).padStart(3, '0')}` as Id<'usageRecord'>,
  ...series,
  state,
  units,
  unitAmount: '0.01',
  uncollected: null,
  ...over,
})
const line = (accepted: string, billed = accepted, amount = (Number(billed) / 100).toFixed(2)): StatementLine => ({
  ...series,
  productCode: 'p',
  day: '2026-03-10',
  accepted,
  billed,
  amount,
  currency: 'CNY',
})
const kinds = (records: ComparedRecord[], lines: StatementLine[] | null, final = true) =>
  compareStatement({ records, lines, final }).differences.map((each) => [each.kind, each.ours, each.theirs])

test('when all agree there is nothing to name', () => {
  expect(
    compareStatement({
      records: [record('ACCEPTED', '1340'), record('CARRIED', '0')],
      lines: [line('1340')],
      final: true,
    }),
  ).toEqual({
    resolved: [],
    differences: [],
    pushed: '1340',
    accepted: '1340',
    billed: '1340',
  })
})

test.each<[string, ComparedRecord[], StatementLine[] | null, [string, string, string][]]>([
  ['counted less than accepted', [record('ACCEPTED', '5')], [line('3')], [['counted_less', '5', '3']]],
  ['counted and never accepted', [], [line('3')], [['counted_more', '0', '3']]],
  ['counted and not billed', [record('ACCEPTED', '5')], [line('5', '0')], [['not_billed', '5', '0']]],
  ['cut to less money', [record('ACCEPTED', '5')], [line('5', '5', '0.00')], [['amount_differs', '0.05', '0']]],
  ['expired', [record('EXPIRED', '5')], [], [['expired', '5', '0']]],
  ['expired and written off', [record('EXPIRED', '5', { uncollected: 'waived' })], [], []],
  ['refused', [record('REJECTED', '5')], [], [['rejected', '5', '0']]],
  ['never sent', [record('SEALED', '5')], [], [['unfinished', '5', '0']]],
  ['unknown without any statement', [record('UNKNOWN', '5')], null, [['unknown', '5', '0']]],
])('%s is named', (_, records, lines, differences) => {
  expect(kinds(records, lines)).toEqual(differences)
})

test('an unknown one that the statement has was accepted, at any time of the day', () => {
  const unknown = record('UNKNOWN', '5')
  const of = { records: [record('ACCEPTED', '2'), unknown], lines: [line('7')] }
  for (const final of [false, true]) {
    expect(compareStatement({ ...of, final }).resolved).toEqual([{ recordId: unknown.id, resolution: 'accepted' }])
  }
})

test('one that it lacks was refused, but only once nothing can be counted any more', () => {
  const unknown = record('UNKNOWN', '5')
  const of = { records: [record('ACCEPTED', '2'), unknown], lines: [line('2')] }
  expect(compareStatement({ ...of, final: false })).toMatchObject({ resolved: [], differences: [{ kind: 'unknown' }] })
  expect(compareStatement({ ...of, final: true }).resolved).toEqual([{ recordId: unknown.id, resolution: 'rejected' }])
})

test('two that could be either are left to a person', () => {
  const records = [record('UNKNOWN', '5'), record('UNKNOWN', '5')]
  expect(compareStatement({ records, lines: [line('5')], final: true })).toMatchObject({
    resolved: [],
    differences: [{ kind: 'unknown' }, { kind: 'unknown' }],
  })
})

test('whatever the marketplace really counted of the unknown ones, a settled one is never settled wrongly', () => {
  const unknowns = fc.array(fc.record({ units: fc.integer({ min: 1, max: 50 }), counted: fc.boolean() }), {
    maxLength: 6,
  })
  fc.assert(
    fc.property(unknowns, fc.nat(100), fc.boolean(), (list, known, final) => {
      const records = list.map(({ units }) => record('UNKNOWN', String(units)))
      const counted = list.reduce((total, each) => total + (each.counted ? each.units : 0), known)
      const { resolved, differences } = compareStatement({
        records: [record('ACCEPTED', String(known)), ...records],
        lines: [line(String(counted))],
        final,
      })
      for (const { recordId, resolution } of resolved) {
        const index = records.findIndex((each) => each.id === recordId)
        expect(resolution).toBe(list[index]!.counted ? 'accepted' : 'rejected')
      }
      const told = new Set([...resolved.map((each) => each.recordId), ...differences.map((each) => each.recordId)])
      for (const each of records) expect(told.has(each.id)).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})
