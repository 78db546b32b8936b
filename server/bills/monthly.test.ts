import { describe, expect, it } from 'vitest'
import { planDeduction } from './deduction.ts'
import { monthlyBillAvailableAt, planMonthlyBill, type MonthlyBillInput, type SettledDay } from './monthly.ts'
import { planDailyBill } from './plan-daily-bill.ts'
import type { UsageTotal } from '../rating/rate-usage.ts'
import { priceBookFor, shippedPriceBooks } from '../rating/shipped-price-books.ts'
import { daysOfMonth } from '../workspaces/site-day.ts'

const book = priceBookFor(shippedPriceBooks, { priceRegion: 'CN', currency: 'CNY' })
if (!book) throw new Error('no such book')
const workspaces = new Map([['wksp_a', { settlement: { method: 'balance' as const }, logsBy: 'logs' as const }]])
const logs = (quantity: string): UsageTotal => ({ workspaceId: 'wksp_a', meter: 'logs', retentionDays: 7, quantity })

/** A settled day on which one million logs were used, and perhaps a day before was set right; cash pays 1.00 of each. */
function settledDay(day: string, late: { day: string; millions: number }[] = []): SettledDay {
  if (!book) throw new Error('unreachable')
  const plan = planDailyBill({
    billingAccountId: 'bact_1',
    site: 'cn1',
    day,
    book,
    usageCut: 'cut',
    workspaces,
    usage: [logs('1000000')],
    annualPackage: null,
    late: late.map((of) => ({
      day: of.day,
      usage: [logs(`${of.millions}000000`)],
      billed: [{ ...logs('1000000'), amount: '1.20' }],
      workspaces,
      annualPackage: null,
    })),
  })
  if (plan.state !== 'planned') throw new Error(JSON.stringify(plan.reasons))
  const charges = plan.bill.lines.filter((line) => !line.amount.startsWith('-'))
  const noFunds = { ordinaryVouchers: [], fullReductionVouchers: [], prepaidCards: [] }
  const { parts } = planDeduction({
    ...noFunds,
    currency: 'CNY',
    now: new Date('2026-11-02T00:00:00Z'),
    charges,
    cash: '1.00',
  })
  return { bill: plan.bill, deducted: parts, refunded: [] }
}

const november: MonthlyBillInput = {
  billingAccountId: 'bact_1',
  site: 'cn1',
  zone: 'Asia/Shanghai',
  month: '2026-11',
  currency: 'CNY',
  now: new Date('2026-12-03T16:00:00Z'),
  days: daysOfMonth('2026-11').map((day) => settledDay(day)),
  openDays: [],
}

describe('a monthly bill', () => {
  it('appears after the 3rd, by the clock of the site', () => {
    expect(monthlyBillAvailableAt('2026-11', 'Asia/Shanghai')).toEqual(new Date('2026-12-03T16:00:00.000Z'))
    expect(monthlyBillAvailableAt('2026-12', 'America/Los_Angeles')).toEqual(new Date('2027-01-04T08:00:00.000Z'))
    const early = planMonthlyBill({ ...november, now: new Date('2026-12-03T15:59:59.999Z') })
    expect(early).toEqual({ state: 'too_early', availableAt: new Date('2026-12-03T16:00:00.000Z') })
  })

  it('is the sum of the month’s daily bills, by meter and by what paid', () => {
    const plan = planMonthlyBill(november)
    if (plan.state !== 'planned') throw new Error(plan.state)
    expect(plan.bill.days).toHaveLength(30)
    expect(plan.bill.lines).toEqual([{ ...logs('30000000'), amount: '36.00', adjustments: '0.00' }])
    expect(plan.bill.paidBy).toEqual([
      { kind: 'cash', amount: '30.00' },
      { kind: 'debt', amount: '6.00' },
    ])
    expect(plan.bill.total).toBe('36.00')
  })

  it('counts an adjustment in the month that billed it, and says so', () => {
    const days = november.days.with(9, settledDay('2026-11-10', [{ day: '2026-10-31', millions: 3 }]))
    const plan = planMonthlyBill({ ...november, days })
    if (plan.state !== 'planned') throw new Error(plan.state)
    expect(plan.bill.lines).toEqual([{ ...logs('32000000'), amount: '38.40', adjustments: '2.40' }])
    expect(plan.bill.total).toBe('38.40')
  })

  it('is the same to the byte in whatever order its days are read', () => {
    expect(planMonthlyBill({ ...november, days: november.days.toReversed() })).toEqual(planMonthlyBill(november))
  })

  it('waits for days that are open, and for days whose payments are not what they charge', () => {
    const unpaid = november.days.map((day, index) => (index === 4 ? { ...day, deducted: [] } : day))
    expect(planMonthlyBill({ ...november, days: unpaid, openDays: ['2026-11-30', '2026-11-29'] })).toEqual({
      state: 'waiting',
      openDays: ['2026-11-29', '2026-11-30'],
      unsettledDays: ['2026-11-05'],
    })
  })

  it('holds no day of somebody else, of another month, or twice', () => {
    const [first] = november.days
    if (!first) throw new Error('no day')
    expect(() => planMonthlyBill({ ...november, site: 'us1' })).toThrow('is not of this payer and site')
    expect(() => planMonthlyBill({ ...november, month: '2026-10' })).toThrow('is not in 2026-10')
    expect(() => planMonthlyBill({ ...november, currency: 'USD' })).toThrow('is in CNY, not USD')
    expect(() => planMonthlyBill({ ...november, days: [first, first] })).toThrow('is given twice')
  })
})
