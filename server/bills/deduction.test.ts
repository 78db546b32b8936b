import { describe, expect, it } from 'vitest'
import { planDeduction, type Charge, type DeductionInput, type FundSource } from './deduction.ts'

const now = new Date('2026-11-23T00:00:00Z')
const soon = new Date('2026-12-01T00:00:00Z')
const later = new Date('2027-12-01T00:00:00Z')
const balance = { method: 'balance' } as const
const cloud = { method: 'marketplace', instanceId: 'inst_1' } as const
const charge = (meter: Charge['meter'], amount: string, settlement: Charge['settlement'] = balance): Charge => ({
  key: `wksp_a/${meter}`,
  meter,
  amount,
  settlement,
})

const nothing: DeductionInput = {
  currency: 'CNY',
  now,
  charges: [],
  ordinaryVouchers: [],
  fullReductionVouchers: [],
  prepaidCards: [],
  cash: '0',
}
const sourceName = (source: FundSource) =>
  'id' in source ? source.id : source.kind === 'cloud_receivable' ? source.instanceId : source.kind
function deduct(changes: Partial<DeductionInput>) {
  const plan = planDeduction({ ...nothing, ...changes })
  return {
    ...plan,
    parts: plan.parts.map((part) => `${part.key.split('/')[1]} ${sourceName(part.source)} ${part.amount}`),
  }
}

describe('what pays a bill', () => {
  const funds = {
    ordinaryVouchers: [{ id: 'ordinary', balance: '1.00', expiresAt: later }],
    fullReductionVouchers: [{ id: 'full', balance: '2.00', expiresAt: soon }],
    prepaidCards: [{ id: 'card', balance: '3.00', expiresAt: soon }],
    cash: '4.00',
  }

  it('is ordinary vouchers, then full-reduction vouchers, prepaid cards, cash, and debt for the rest', () => {
    expect(deduct({ ...funds, charges: [charge('logs', '15.00')] })).toEqual({
      parts: ['logs ordinary 1.00', 'logs full 2.00', 'logs card 3.00', 'logs cash 4.00', 'logs debt 5.00'],
      addedDebt: '5.00',
      cloud: [],
    })
  })

  it('is the cloud after vouchers and cards where a cloud settles: cash stays', () => {
    expect(deduct({ ...funds, charges: [charge('logs', '15.00', cloud)] })).toEqual({
      parts: ['logs ordinary 1.00', 'logs full 2.00', 'logs card 3.00', 'logs inst_1 9.00'],
      addedDebt: '0.00',
      cloud: [{ instanceId: 'inst_1', amount: '9.00' }],
    })
  })

  it('is never a voucher for SMS and synthetic tests, which cards and cash do pay', () => {
    expect(
      deduct({ ...funds, charges: [charge('sms', '5.00'), charge('synthetic_tests', '1.00', cloud)] }).parts,
    ).toEqual(['sms card 3.00', 'sms cash 2.00', 'synthetic_tests inst_1 1.00'])
  })

  it('is the soonest to expire first, and of two with one day the same one every time', () => {
    const ordinaryVouchers = [
      { id: 'c', balance: '1.00', expiresAt: later },
      { id: 'b', balance: '1.00', expiresAt: soon },
      { id: 'a', balance: '1.00', expiresAt: later },
    ]
    const inOrder = ['logs b 1.00', 'logs a 1.00', 'logs c 0.50']
    expect(deduct({ ordinaryVouchers, charges: [charge('logs', '2.50')] }).parts).toEqual(inOrder)
    expect(
      deduct({ ordinaryVouchers: ordinaryVouchers.toReversed(), charges: [charge('logs', '2.50')] }).parts,
    ).toEqual(inOrder)
  })

  it('is never what has expired, from the very moment on', () => {
    const ordinaryVouchers = [{ id: 'expired', balance: '9.00', expiresAt: now }]
    expect(deduct({ ordinaryVouchers, charges: [charge('logs', '1.00')] }).parts).toEqual(['logs debt 1.00'])
  })

  it('is nothing for nothing', () => {
    expect(deduct({ ...funds, charges: [charge('logs', '0.00')] })).toEqual({ parts: [], addedDebt: '0.00', cloud: [] })
  })
})

describe('what cannot be paid', () => {
  it.each([
    [{ cash: '-1.00' }, 'cash: -1.00 must be 0 or more'],
    [{ cash: '0.005' }, 'cash: 0.005 has more decimals than CNY (2)'],
    [{ charges: [charge('logs', '-1.00')] }, 'charges wksp_a/logs: -1.00 must be 0 or more'],
    [{ charges: [charge('logs', '1.00'), charge('logs', '1.00')] }, 'charges: wksp_a/logs is given twice'],
    [
      { prepaidCards: [{ id: 'card', balance: 'NaN', expiresAt: soon }] },
      'prepaid_card card: "NaN" is not a decimal text',
    ],
  ] satisfies [Partial<DeductionInput>, string][])('is refused, naming the field: %j', (changes, message) => {
    expect(() => deduct(changes)).toThrow(message)
  })
})
