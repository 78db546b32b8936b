import { describe, expect, it } from 'vitest'
import { shippedAnnualPackages } from '../rating/annual-package.ts'
import type { MeterCode } from '../metering/meters.ts'
import type { UsageTotal } from '../rating/rate-usage.ts'
import { priceBookFor, shippedPriceBooks } from '../rating/shipped-price-books.ts'
import { billedForDay, type LateDay } from './adjust-closed-day.ts'
import { sha256 } from './canonical.ts'
import { planDailyBill, type DailyBill, type DailyBillInput } from './plan-daily-bill.ts'
import type { WorkspaceTerms } from './rate-day.ts'

const book = priceBookFor(shippedPriceBooks, { priceRegion: 'CN', currency: 'CNY' })
const startup = shippedAnnualPackages.find((entry) => entry.code === 'startup')
if (!book || !startup) throw new Error('the shipped files lack what these tests are about')

const byBalance: WorkspaceTerms = { settlement: { method: 'balance' }, logsBy: 'logs' }
const byCloud: WorkspaceTerms = { settlement: { method: 'marketplace', instanceId: 'inst_1' }, logsBy: 'logs' }
const workspaces = new Map([
  ['wksp_a', byBalance],
  ['wksp_b', byCloud],
])
const used = (workspaceId: string, meter: MeterCode, retentionDays: number | null, quantity: string): UsageTotal => ({
  workspaceId,
  meter,
  retentionDays,
  quantity,
})
const day: DailyBillInput = {
  billingAccountId: 'bact_1',
  site: 'cn1',
  day: '2026-11-22',
  book,
  usageCut: '2026-11-22T16:00:00.000Z',
  workspaces,
  usage: [
    used('wksp_b', 'logs', 7, '2000000'),
    used('wksp_a', 'sms', null, '25'),
    used('wksp_a', 'time_series', 3, '6000'),
    used('wksp_a', 'logs', 30, '500000'),
    used('wksp_a', 'logs', 7, '1000000'),
  ],
  annualPackage: null,
  late: [],
}

function planned(changes: Partial<DailyBillInput> = {}): { bill: DailyBill; text: string; hash: string } {
  const plan = planDailyBill({ ...day, ...changes })
  if (plan.state !== 'planned') throw new Error(JSON.stringify(plan.reasons))
  return plan
}
const short = (bill: DailyBill) => bill.lines.map((line) => `${line.key} ${line.quantity} ${line.amount}`)

describe('a daily bill', () => {
  it('lists each workspace’s usage with its price and payer, in one order, and is their sum', () => {
    const { bill } = planned()
    expect(short(bill)).toEqual([
      'wksp_a/time_series.3d 6000 3.60',
      'wksp_a/logs.7d 1000000 1.20',
      'wksp_a/logs.30d 500000 1.00',
      'wksp_a/sms 25 2.50',
      'wksp_b/logs.7d 2000000 2.40',
    ])
    expect(bill.total).toBe('10.70')
    expect(bill.lines.map((line) => line.settlement)).toEqual([
      ...Array(4).fill(byBalance.settlement),
      byCloud.settlement,
    ])
  })

  it('is the same to the byte when it is computed again, in whatever order usage is read', () => {
    const { text, hash } = planned()
    expect(planned({ usage: day.usage.toReversed(), workspaces: new Map([...workspaces].toReversed()) }).text).toBe(
      text,
    )
    expect(hash).toBe(sha256(text))
    expect(planned({ usageCut: '2026-11-22T16:00:01.000Z' }).hash).not.toBe(hash)
  })

  it('of a day without usage has no lines and a total of zero', () => {
    expect(planned({ usage: [used('wksp_a', 'sms', null, '0')] }).bill).toMatchObject({ lines: [], total: '0.00' })
  })

  it('charges logs by entry or by volume as the workspace chose, never both', () => {
    const usage = [used('wksp_a', 'logs', 7, '1000000'), used('wksp_a', 'log_ingest', 7, '3000000000')]
    expect(short(planned({ usage }).bill)).toEqual(['wksp_a/logs.7d 1000000 1.20'])
    const chosen = new Map([['wksp_a', { ...byBalance, logsBy: 'log_ingest' as const }]])
    expect(short(planned({ usage, workspaces: chosen }).bill)).toEqual(['wksp_a/log_ingest.7d 3000000000 2.55'])
  })

  it('does not charge collector hosts by the day', () => {
    expect(planned({ usage: [used('wksp_a', 'collector_hosts', null, '25')] }).bill.lines).toEqual([])
  })

  it('charges an annual package’s overrun, and by the day what lies outside it', () => {
    const usage = [
      used('wksp_a', 'collector_hosts', null, '25'),
      used('wksp_a', 'logs', 30, '40000000'),
      used('wksp_a', 'traces', 14, '5000000'),
      used('wksp_a', 'page_views', 14, '400000'),
      used('wksp_a', 'triggers', null, '210000'),
      used('wksp_a', 'sms', null, '10'),
      used('wksp_b', 'logs', 7, '1000000'),
    ]
    const { bill } = planned({ usage, annualPackage: { annualPackage: startup, packs: [], workspaceIds: ['wksp_a'] } })
    expect(bill.total).toBe('134.20')
    expect(bill.lines.map((line) => line.amount)).toEqual(['60.00', '15.00', '40.00', '2.00', '1.00', '15.00', '1.20'])
  })
})

describe('an annual package shared by retentions and workspaces', () => {
  it('covers the same usage whatever order it is read in', () => {
    const usage = [
      used('wksp_b', 'logs', 30, '30000000'),
      used('wksp_a', 'logs', 60, '10000000'),
      used('wksp_a', 'logs', 7, '30000000'),
    ]
    const annualPackage = { annualPackage: startup, packs: [], workspaceIds: ['wksp_b', 'wksp_a'] }
    const { bill, text } = planned({ usage, annualPackage })
    expect(short(bill)).toEqual([
      'wksp_a/logs.7d 30000000 45.00',
      'wksp_a/logs.60d 10000000 45.00',
      'wksp_b/logs.30d 30000000 30.00',
    ])
    expect(planned({ usage: usage.toReversed(), annualPackage }).text).toBe(text)
    const smaller = [used('wksp_a', 'logs', 60, '10000000'), used('wksp_a', 'logs', 7, '20000000')]
    expect(short(planned({ usage: smaller, annualPackage }).bill)).toEqual([
      'wksp_a/logs.7d 20000000 0.00',
      'wksp_a/logs.60d 10000000 15.00',
    ])
    expect(planned({ usage: smaller.toReversed(), annualPackage }).text).toBe(
      planned({ usage: smaller, annualPackage }).text,
    )
  })
})

describe('a daily bill that cannot be right', () => {
  it('is parked with every reason, and charges nobody', () => {
    const usage = [used('wksp_a', 'profiles', 60, '1'), used('wksp_c', 'sms', null, '1')]
    expect(planDailyBill({ ...day, usage })).toEqual({
      state: 'parked',
      reasons: [
        { reason: 'no_price', day: '2026-11-22', usage: { ...usage[0], reason: 'not_in_price_book' } },
        { reason: 'no_terms', workspaceId: 'wksp_c' },
      ],
    })
    const late: LateDay = { day: day.day, usage: [], billed: [], workspaces, annualPackage: null }
    expect(planDailyBill({ ...day, late: [late] })).toMatchObject({
      reasons: [{ reason: 'late_day_not_before', day: '2026-11-22' }],
    })
  })

  it('is refused when the same total comes twice: adding distinct counts would be wrong', () => {
    expect(() => planned({ usage: [...day.usage, ...day.usage] })).toThrow('usage: wksp_b/logs.7d is given twice')
    const late: LateDay = { day: '2026-11-20', usage: [], billed: [], workspaces, annualPackage: null }
    expect(() => planned({ late: [late, late] })).toThrow('late: 2026-11-20 is given twice')
  })
})

describe('late usage', () => {
  const lateDay = (changes: Partial<LateDay>): LateDay => ({
    day: '2026-11-20',
    usage: [],
    billed: [],
    workspaces,
    annualPackage: null,
    ...changes,
  })

  it('becomes an adjustment line that names its day, with what was billed and what is owed', () => {
    const { bill } = planned({
      usage: [],
      late: [
        lateDay({
          usage: [used('wksp_a', 'logs', 7, '3000000'), used('wksp_a', 'sms', null, '10')],
          billed: [
            { ...used('wksp_a', 'logs', 7, '1000000'), amount: '1.20' },
            { ...used('wksp_a', 'sms', null, '10'), amount: '1.00' },
          ],
        }),
      ],
    })
    expect(bill.lines).toHaveLength(1)
    expect(bill.lines[0]).toMatchObject({
      kind: 'adjustment',
      key: 'wksp_a/logs.7d@2026-11-20',
      adjustsDay: '2026-11-20',
      quantity: '2000000',
      amount: '2.40',
      billed: { quantity: '1000000', amount: '1.20' },
      rated: { quantity: '3000000', amount: '3.60', rule: { id: 'logs.7d', version: 1 } },
      settlement: { method: 'balance' },
    })
  })

  it('costs the price of the day it belongs to, not of the day it is billed', () => {
    const [version] = book.versions
    if (!version) throw new Error('no version')
    const dearer = {
      ...version,
      version: 2,
      effectiveFrom: '2026-11-21',
      rules: version.rules.map((rule) => ({ ...rule, unitPrice: '100' })),
    }
    const { bill } = planned({
      book: { ...book, versions: [version, dearer] },
      usage: [used('wksp_a', 'logs', 7, '1000000')],
      late: [lateDay({ usage: [used('wksp_a', 'logs', 7, '1000000')] })],
    })
    expect(short(bill)).toEqual(['wksp_a/logs.7d 1000000 100.00', 'wksp_a/logs.7d@2026-11-20 1000000 1.20'])
  })

  it('that was taken back gives the money back, and the bill may be below zero', () => {
    const { bill } = planned({
      usage: [],
      late: [lateDay({ billed: [{ ...used('wksp_a', 'logs', 7, '1000000'), amount: '1.20' }] })],
    })
    expect(bill.lines[0]).toMatchObject({ quantity: '-1000000', amount: '-1.20', rated: null })
    expect(bill.total).toBe('-1.20')
  })

  it('that changes nothing leaves no line', () => {
    const billed = billedForDay([planned().bill], { day: day.day, currency: 'CNY' })
    const again = planned({ day: '2026-11-23', usage: [], late: [lateDay({ day: day.day, usage: day.usage, billed })] })
    expect(again.bill.lines).toEqual([])
  })
})
