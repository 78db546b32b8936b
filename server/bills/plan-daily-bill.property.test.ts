import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MeterCode } from '../metering/meters.ts'
import type { PriceBook, PriceRule } from '../rating/price-book.ts'
import type { UsageTotal } from '../rating/rate-usage.ts'
import { billedForDay } from './adjust-closed-day.ts'
import { totalKey } from './bill-line.ts'
import { planDailyBill, type DailyBill, type DailyBillInput } from './plan-daily-bill.ts'
import { addDays } from '../workspaces/site-day.ts'

const tiers = [
  { upTo: '1000', unitPrice: '1.234567' },
  { upTo: '70000', unitPrice: '0.7' },
  { upTo: null, unitPrice: '0.333333' },
]
/** One price of each model, with units that do not divide evenly. */
const rules: PriceRule[] = [
  { meter: 'logs', retentionDays: 7, model: 'flat', per: '7', unitPrice: '0.013' },
  { meter: 'logs', retentionDays: 30, model: 'graduated', per: '1000', tiers },
  { meter: 'traces', retentionDays: 7, model: 'volume', per: '3', tiers },
  { meter: 'sms', retentionDays: null, model: 'package', per: '10', unitPrice: '1' },
]
const book: PriceBook = {
  book: 'TEST',
  priceRegion: 'CN',
  currency: 'CNY',
  versions: [{ version: 1, effectiveFrom: '2020-01-01', note: '', rules }],
}
const workspaceIds = ['wksp_a', 'wksp_b', 'wksp_c']
const workspaces: DailyBillInput['workspaces'] = new Map(
  workspaceIds.map((id) => [id, { settlement: { method: 'balance' }, logsBy: 'logs' }]),
)

const quantity = fc.oneof(
  fc.nat(200_000).map(String),
  fc.nat(200_000_000).map((milli) => `${Math.floor(milli / 1000)}.${(milli % 1000).toString().padStart(3, '0')}`),
)
const priced: { meter: MeterCode; retentionDays: number | null }[] = rules.map(({ meter, retentionDays }) => ({
  meter,
  retentionDays,
}))
const total: fc.Arbitrary<UsageTotal> = fc
  .record({ workspaceId: fc.constantFrom(...workspaceIds), of: fc.constantFrom(...priced), quantity })
  .map(({ workspaceId, of, quantity: used }) => ({ workspaceId, ...of, quantity: used }))
const usage = fc.uniqueArray(total, { selector: totalKey, maxLength: 12 })

const minor = (amount: string) => BigInt(amount.replace('.', ''))
const sumMinor = (amounts: string[]) => amounts.reduce((sum, amount) => sum + minor(amount), 0n)

function plan(changes: Partial<DailyBillInput>): { bill: DailyBill; text: string } {
  const input: DailyBillInput = {
    billingAccountId: 'bact_1',
    site: 'cn1',
    day: '2026-11-01',
    book,
    usageCut: 'cut',
    workspaces,
    usage: [],
    annualPackage: null,
    late: [],
    ...changes,
  }
  const made = planDailyBill(input)
  if (made.state !== 'planned') throw new Error(JSON.stringify(made.reasons))
  return made
}

describe('daily bills, whatever was used', () => {
  it('add up: the total is the sum of the lines, exactly', () => {
    fc.assert(
      fc.property(usage, usage, usage, (today, yesterday, yesterdayBefore) => {
        const first = plan({ day: '2026-10-31', usage: yesterdayBefore }).bill
        const late = {
          day: '2026-10-31',
          usage: yesterday,
          billed: billedForDay([first], { day: '2026-10-31', currency: 'CNY' }),
          workspaces,
          annualPackage: null,
        }
        const { bill } = plan({ usage: today, late: [late] })
        expect(minor(bill.total)).toBe(sumMinor(bill.lines.map((line) => line.amount)))
        expect(new Set(bill.lines.map((line) => line.key)).size).toBe(bill.lines.length)
      }),
      { numRuns: 1000 },
    )
  })

  it('are the same bytes whatever order usage, billed totals and late days come in', () => {
    const shuffledTwice = <Value>(items: Value[]) =>
      fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length })
    const cases = fc.tuple(usage, usage, usage, usage).chain(([today, billed, late, older]) => {
      const day = (name: string, now: UsageTotal[], before: UsageTotal[]) => ({
        day: name,
        usage: now,
        billed: billedForDay([plan({ day: name, usage: before }).bill], { day: name, currency: 'CNY' }),
        workspaces,
        annualPackage: null,
      })
      const lateDays = [day('2026-10-31', late, billed), day('2026-10-30', older, late)]
      const mixed = fc
        .tuple(shuffledTwice(lateDays), shuffledTwice(lateDays.flatMap((entry) => entry.usage)))
        .map(([days, order]) =>
          days.map((entry) => ({
            ...entry,
            usage: order.filter((total_) => entry.usage.includes(total_)),
            billed: entry.billed.toReversed(),
          })),
        )
      return fc.tuple(
        fc.constant({ usage: today, late: lateDays }),
        fc.record({ usage: shuffledTwice(today), late: mixed }),
      )
    })
    fc.assert(
      fc.property(cases, ([one, other]) => {
        expect(plan(other).text).toBe(plan(one).text)
      }),
      { numRuns: 1000 },
    )
  })

  it('settle on the truth: after any sequence of late changes, a day has been billed exactly what its final usage costs', () => {
    fc.assert(
      fc.property(fc.array(usage, { minLength: 1, maxLength: 5 }), (versionsOfTheDay) => {
        const [atFirst, ...changes] = versionsOfTheDay
        const bills = [plan({ usage: atFirst ?? [] }).bill]
        changes.forEach((known, index) => {
          const late = {
            day: '2026-11-01',
            usage: known,
            billed: billedForDay(bills, { day: '2026-11-01', currency: 'CNY' }),
            workspaces,
            annualPackage: null,
          }
          bills.push(plan({ day: addDays('2026-11-01', index + 1), usage: [], late: [late] }).bill)
        })
        const fresh = plan({ usage: versionsOfTheDay.at(-1) ?? [] }).bill
        const whatWasBilled = billedForDay(bills, { day: '2026-11-01', currency: 'CNY' }).filter(
          (entry) => entry.quantity !== '0' || minor(entry.amount) !== 0n,
        )
        const inOrder = (
          totals: {
            workspaceId: string
            meter: MeterCode
            retentionDays: number | null
            quantity: string
            amount: string
          }[],
        ) => totals.map((entry) => `${totalKey(entry)} ${entry.quantity} ${entry.amount}`).toSorted()
        expect(inOrder(whatWasBilled)).toEqual(inOrder(fresh.lines))
      }),
      { numRuns: 1000 },
    )
  })
})
