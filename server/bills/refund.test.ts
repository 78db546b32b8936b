import { describe, expect, it } from 'vitest'
import type { FundSource } from './deduction.ts'
import { planRefund, stillPaid, type Refund } from './refund.ts'

const paid = (source: FundSource, amount: string) => ({ source, amount })
const voucher: FundSource = { kind: 'ordinary_voucher', id: 'vchr_1' }
const card: FundSource = { kind: 'prepaid_card', id: 'card_1' }
const cash: FundSource = { kind: 'cash' }
const debt: FundSource = { kind: 'debt' }
const cloud: FundSource = { kind: 'cloud_receivable', instanceId: 'inst_1' }

function refund(amount: string, paidBy: Refund['paidBy'], openDebt = '0') {
  const parts = planRefund({ currency: 'CNY', refunds: [{ key: 'k', amount, paidBy }], debt: openDebt })
  return parts.map((part) => `${part.source.kind} ${part.amount}`)
}

describe('a refund', () => {
  it('goes back to what paid, last payment first: a voucher never becomes cash', () => {
    expect(refund('4.00', [paid(voucher, '3.00'), paid(card, '2.00'), paid(cash, '1.00')])).toEqual([
      'cash 1.00',
      'prepaid_card 2.00',
      'ordinary_voucher 1.00',
    ])
  })

  it('of a debt lowers the debt, and is cash where that was repaid meanwhile', () => {
    expect(refund('5.00', [paid(debt, '5.00')], '5.00')).toEqual(['debt 5.00'])
    expect(refund('5.00', [paid(debt, '5.00')], '2.00')).toEqual(['debt 2.00', 'cash 3.00'])
  })

  it('of cash pays open debt first', () => {
    expect(refund('5.00', [paid(cash, '5.00')], '1.00')).toEqual(['debt 1.00', 'cash 4.00'])
  })

  it('to a cloud is credit against its next push', () => {
    expect(refund('2.00', [paid(voucher, '3.00'), paid(cloud, '5.00')], '9.00')).toEqual(['cloud_receivable 2.00'])
  })

  it('shares one open debt between several lines, each in its turn', () => {
    const refunds = ['b', 'a'].map((key) => ({ key, amount: '2.00', paidBy: [paid(cash, '2.00')] }))
    expect(
      planRefund({ currency: 'CNY', refunds, debt: '3.00' }).map(
        (part) => `${part.key} ${part.source.kind} ${part.amount}`,
      ),
    ).toEqual(['a debt 2.00', 'b debt 1.00', 'b cash 1.00'])
  })

  it('is never more than was paid, nor nothing', () => {
    expect(() => refund('5.00', [paid(cash, '4.00')])).toThrow('refunds k: 1.00 more than was paid')
    expect(() => refund('0.00', [])).toThrow('refunds k: 0.00 must be more than 0')
  })
})

describe('what is still paid', () => {
  it('is what was paid less what was given back, each refund from the last payment before it', () => {
    expect(
      stillPaid('CNY', [
        { kind: 'paid', ...paid(voucher, '3.00') },
        { kind: 'paid', ...paid(cash, '7.00') },
        { kind: 'refunded', amount: '4.00' },
        { kind: 'paid', ...paid(cloud, '3.00') },
        { kind: 'refunded', amount: '5.00' },
      ]),
    ).toEqual([paid(voucher, '3.00'), paid(cash, '1.00')])
  })

  it('is never below nothing', () => {
    expect(() =>
      stillPaid('CNY', [
        { kind: 'paid', ...paid(cash, '1.00') },
        { kind: 'refunded', amount: '1.01' },
      ]),
    ).toThrow('refunded: 0.01 more than was paid')
  })
})
