import { describe, expect, it } from 'vitest'
import { balancesAfter, debtRepaymentFrom, ledgerAccountName, transactionFor, type LedgerEvent } from './ledger.ts'

const post = (event: LedgerEvent) => transactionFor({ owner: 'bact_1', currency: 'CNY', event })
const postings = (event: LedgerEvent) =>
  post(event).postings.map((posting) => `${ledgerAccountName(posting.account)} ${posting.amount}`)

describe('the ledger', () => {
  it.each([
    [{ kind: 'top_up', topUpId: 't', amount: '5.00' }, ['cash/bact_1 5.00', 'received -5.00']],
    [{ kind: 'top_up_correction', correctionId: 'c', amount: '-5.00' }, ['cash/bact_1 -5.00', 'received 5.00']],
    [
      { kind: 'voucher_grant', voucher: 'ordinary_voucher', voucherId: 'v', amount: '5.00' },
      ['ordinary_voucher/bact_1/v 5.00', 'promotion -5.00'],
    ],
    [
      {
        kind: 'voucher_expiry',
        voucher: 'full_reduction_voucher',
        voucherId: 'v',
        onDay: '2026-11-23',
        amount: '5.00',
      },
      ['full_reduction_voucher/bact_1/v -5.00', 'promotion 5.00'],
    ],
    [
      { kind: 'prepaid_card_sale', cardId: 'p', amount: '100.00' },
      ['prepaid_card/bact_1/p 100.00', 'received -100.00'],
    ],
    [
      { kind: 'prepaid_card_expiry', cardId: 'p', onDay: '2026-11-23', amount: '1.00' },
      ['expired_cards 1.00', 'prepaid_card/bact_1/p -1.00'],
    ],
    [
      { kind: 'debt_repayment', because: 't', from: { kind: 'cash' }, amount: '2.00' },
      ['cash/bact_1 -2.00', 'debt/bact_1 2.00'],
    ],
    [
      { kind: 'cloud_settlement', pushId: 'q', instanceId: 'i', amount: '3.00' },
      ['cloud_receivable/bact_1/i 3.00', 'marketplace_clearing -3.00'],
    ],
    [
      { kind: 'cloud_settlement', billId: 'b', instanceId: 'i', amount: '-3.00' },
      ['cloud_receivable/bact_1/i -3.00', 'marketplace_clearing 3.00'],
    ],
    [
      { kind: 'cloud_waiver', pushId: 'q', instanceId: 'i', amount: '3.00' },
      ['cloud_receivable/bact_1/i 3.00', 'waived -3.00'],
    ],
    [
      { kind: 'cloud_to_debt', pushId: 'q', instanceId: 'i', amount: '3.00' },
      ['cloud_receivable/bact_1/i 3.00', 'debt/bact_1 -3.00'],
    ],
  ] satisfies [LedgerEvent, string[]][])('moves money from one account to another: %j', (event, expected) => {
    expect(postings(event)).toEqual(expected)
  })

  it('posts a bill as one transaction, one posting per account', () => {
    const parts = [
      { key: 'a', source: { kind: 'cash' as const }, amount: '1.00' },
      { key: 'b', source: { kind: 'cash' as const }, amount: '2.00' },
      { key: 'b', source: { kind: 'debt' as const }, amount: '4.00' },
    ]
    expect(postings({ kind: 'bill_deduction', billId: 'bill_1', parts })).toEqual([
      'cash/bact_1 -3.00',
      'debt/bact_1 -4.00',
      'usage_revenue 7.00',
    ])
    expect(postings({ kind: 'bill_refund', billId: 'bill_1', parts })).toEqual([
      'cash/bact_1 3.00',
      'debt/bact_1 4.00',
      'usage_revenue -7.00',
    ])
    expect(postings({ kind: 'bill_deduction', billId: 'bill_1', parts: [] })).toEqual([])
  })

  it('names each thing that happened once, so that it is posted once', () => {
    expect(post({ kind: 'top_up', topUpId: 'topu_1', amount: '1' }).reference).toBe('top_up/topu_1')
    expect(post({ kind: 'bill_deduction', billId: 'bill_1', parts: [] }).reference).not.toBe(
      post({ kind: 'bill_refund', billId: 'bill_1', parts: [] }).reference,
    )
  })

  it('names what of a cloud’s debt is settled: a push of money, a bill’s share, or what a push of a meter stands for in a bill', () => {
    const settled = { kind: 'cloud_settlement', instanceId: 'inst_1', amount: '1.00' } as const
    const references = [{ pushId: 'urec_1' }, { billId: 'bill_1' }, { billId: 'bill_1', pushId: 'urec_1' }].map(
      (cause) => post({ ...settled, ...cause }).reference,
    )
    expect(references).toEqual([
      'cloud_settlement/urec_1',
      'cloud_settlement/bill_1/inst_1',
      'cloud_settlement/bill_1/urec_1',
    ])
  })

  it.each(['-1.00', '0'])('refuses to waive %s of a bill', (amount) => {
    expect(() => post({ kind: 'cloud_waiver', billId: 'bill_1', instanceId: 'inst_1', amount })).toThrow(/^amount: /)
  })

  it.each(['0', '-1', '0.001', 'NaN'])('refuses to move %j', (amount) => {
    expect(() => post({ kind: 'top_up', topUpId: 't', amount })).toThrow(/^amount: /)
  })

  it('pays debt first from money that comes in', () => {
    const incoming = (debt: string) =>
      debtRepaymentFrom({ currency: 'CNY', incoming: '5.00', debt, from: { kind: 'cash' }, because: 't' })?.amount
    expect([incoming('0'), incoming('3'), incoming('9.99')]).toEqual([undefined, '3.00', '5.00'])
  })

  it('has balances that are nothing but the sum of what was posted', () => {
    const balances = balancesAfter([
      post({ kind: 'top_up', topUpId: 't', amount: '5.00' }),
      post({ kind: 'bill_deduction', billId: 'b', parts: [{ key: 'k', source: { kind: 'cash' }, amount: '1.50' }] }),
    ])
    expect(Object.fromEntries([...balances].map(([name, amount]) => [name, amount.toFixed(2)]))).toEqual({
      'cash/bact_1': '3.50',
      received: '-5.00',
      usage_revenue: '1.50',
    })
  })
})
