import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from '../../contract/ids.ts'
import { pushStates } from '../../contract/settlement.ts'
import type { PushState } from '../../contract/settlement.ts'
import { Decimal } from '../rating/decimal.ts'
import { decideBillOutcome } from './decide-bill-outcome.ts'
import { divideBill } from './divide-bill.ts'
import type { MeteredCharge } from './divide-bill.ts'
import { endStates } from './push-states.ts'

/* Money here is counted in whole fen, apart from the code under test. */
const fen = (amount: string) => Number(amount.replace('.', ''))
const yuan = (count: number) => new Decimal(count).dividedBy(100).toFixed(2)
const sum = (counts: readonly number[]) => counts.reduce((total, each) => total + each, 0)

const recordIds = Array.from({ length: 6 }, () => newId('usageRecord'))
const quantity = fc
  .tuple(fc.integer({ min: -900, max: 3_000 }), fc.integer({ min: 0, max: 999 }))
  .map(([whole, thousandths]) => new Decimal(whole).plus(new Decimal(thousandths).dividedBy(1000)).toFixed())
const charge: fc.Arbitrary<MeteredCharge> = fc.record({
  amount: fc.oneof(fc.nat(9), fc.nat(500_000)).map(yuan),
  reported: fc.array(fc.record({ recordId: fc.constantFrom(...recordIds), quantity }), { maxLength: 8 }),
  unreported: fc.oneof(
    { weight: 3, arbitrary: fc.constant('0') },
    fc.nat(2_000).map((count) => `${count}`),
  ),
})
const ended = fc.constantFrom(...endStates)
/** A bill with charges, refunds, and what each report came to. */
const story = fc.record({
  charges: fc.array(charge, { maxLength: 6 }),
  refunds: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(900_000), fc.nat(30)),
  states: fc.array(ended, { minLength: recordIds.length, maxLength: recordIds.length }),
})

function settled(of: { charges: readonly MeteredCharge[]; refunds: number; states: readonly PushState[] }) {
  const charged = sum(of.charges.map((each) => fen(each.amount)))
  const amount = charged - of.refunds
  const divided = divideBill({ currency: 'CNY', charges: of.charges })
  const stateOf = (id: string) => of.states[recordIds.findIndex((each) => each === id)]!
  const parts = divided.parts.map((part) => ({ ...part, state: stateOf(part.recordId) }))
  const outcome = decideBillOutcome({
    currency: 'CNY',
    amount: yuan(amount),
    unreported: divided.unreported,
    parts,
  })
  return { charged, amount, divided, parts, outcome }
}

describe('what a bill leaves to a cloud, whatever becomes of its reports', () => {
  test('is collected, waived or uncollected to the cent, and none of them is below zero unless the bill is a credit', () => {
    fc.assert(
      fc.property(story, (of) => {
        const { amount, outcome } = settled(of)
        const { collected, waived, uncollected, refused } = outcome!
        expect(fen(collected) + fen(waived) + fen(uncollected)).toBe(amount)
        expect(fen(waived)).toBeGreaterThanOrEqual(0)
        expect(fen(uncollected)).toBeGreaterThanOrEqual(0)
        if (amount >= 0) expect(fen(collected)).toBeGreaterThanOrEqual(0)
        else expect([collected, waived, uncollected]).toEqual([yuan(amount), '0.00', '0.00'])
        expect(sum(refused.map((each) => fen(each.amount)))).toBe(fen(uncollected))
      }),
      { numRuns: 3_000 },
    )
  })

  test('no report loses more than it was worth, and only what was refused or came too late is lost', () => {
    fc.assert(
      fc.property(story, (of) => {
        const { parts, outcome } = settled(of)
        const lost = parts.filter((part) => part.state === 'REJECTED' || part.state === 'EXPIRED')
        expect(outcome!.refused.map((each) => each.recordId)).toEqual(lost.map((each) => each.recordId))
        for (const { recordId, amount } of outcome!.refused) {
          const worth = parts.find((part) => part.recordId === recordId)!.amount
          expect(fen(amount)).toBeGreaterThanOrEqual(0)
          expect(fen(amount)).toBeLessThanOrEqual(fen(worth))
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('without refunds exactly what the refused reports were worth is uncollected, and what is not reported is waived', () => {
    fc.assert(
      fc.property(story, (of) => {
        const { parts, divided, outcome } = settled({ ...of, refunds: 0 })
        const lost = parts.filter((part) => part.state === 'REJECTED' || part.state === 'EXPIRED')
        expect(fen(outcome!.uncollected)).toBe(sum(lost.map((part) => fen(part.amount))))
        expect(outcome!.waived).toBe(divided.unreported)
      }),
      { numRuns: 1_000 },
    )
  })

  test('one report on its way, or unknown, holds all of it', () => {
    const open = fc.constantFrom(...pushStates.filter((state) => !endStates.includes(state)))
    fc.assert(
      fc.property(story, open, fc.nat(), (of, state, which) => {
        const { parts, divided, amount } = settled(of)
        fc.pre(parts.length > 0)
        const waiting = parts.map((part, index) => (index === which % parts.length ? { ...part, state } : part))
        const bill = { currency: 'CNY' as const, amount: yuan(amount), unreported: divided.unreported, parts: waiting }
        expect(decideBillOutcome(bill)).toBeNull()
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('dividing one charge over the reports that hold its usage', () => {
  test('each report gets its share by quantity to less than a cent, and all of it is given', () => {
    fc.assert(
      fc.property(charge, (one) => {
        const { parts, unreported } = divideBill({ currency: 'CNY', charges: [one] })
        const weightOf = (id: string) =>
          sum(one.reported.filter((each) => each.recordId === id).map((each) => Math.max(0, Number(each.quantity))))
        const whole = sum(recordIds.map(weightOf)) + Number(one.unreported)
        const given = sum(parts.map((part) => fen(part.amount))) + fen(unreported)
        expect(given).toBe(whole > 0 ? fen(one.amount) : 0)
        // A report that is named several times is rounded that often.
        for (const id of recordIds) {
          const share = whole > 0 ? (fen(one.amount) * weightOf(id)) / whole : 0
          const got = fen(parts.find((part) => part.recordId === id)?.amount ?? '0.00')
          const times = one.reported.filter((each) => each.recordId === id).length
          expect(Math.abs(got - share)).toBeLessThanOrEqual(times + 1e-6)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['0.05', ['1', '1', '1'], ['0.02', '0.01', '0.02']],
    ['12.00', ['5000', '10000'], ['4.00', '8.00']],
    ['3.00', ['7', '-2'], ['3.00']],
  ])('%s over %j is %j', (amount, quantities, expected) => {
    const reported = quantities.map((each, index) => ({ recordId: recordIds[index]!, quantity: each }))
    const { parts } = divideBill({ currency: 'CNY', charges: [{ amount, reported, unreported: '0' }] })
    expect(parts.map((part) => part.amount)).toEqual(expected)
  })

  test('usage of which nothing is left in any report is no report’s: it counts as collected, and its refund takes it back', () => {
    const charges = [{ amount: '3.00', reported: [{ recordId: recordIds[0]!, quantity: '-5' }], unreported: '0' }]
    expect(divideBill({ currency: 'CNY', charges })).toEqual({ parts: [], unreported: '0.00' })
    expect(settled({ charges, refunds: 0, states: recordIds.map(() => 'ACCEPTED' as const) }).outcome).toMatchObject({
      collected: '3.00',
    })
  })
})
