import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MeterCode } from '../metering/meters.ts'
import { planDeduction, type Charge, type DeductionInput, type FundSource } from './deduction.ts'
import {
  balancesAfter,
  debtRepaymentFrom,
  ledgerAccountName,
  transactionFor,
  type LedgerEvent,
  type LedgerTransaction,
} from './ledger.ts'
import { planRefund, stillPaid, type PaymentMove } from './refund.ts'

/* Money here is counted in whole fen (bigint or number), apart from the code under test. */
const fen = (amount: string) => BigInt(amount.replace('.', ''))
const yuan = (count: number) => `${Math.floor(count / 100)}.${(count % 100).toString().padStart(2, '0')}`
const sum = (amounts: readonly string[]) => amounts.reduce((total, amount) => total + fen(amount), 0n)
const sourceKey = (source: FundSource) => JSON.stringify(source)

const now = new Date('2026-11-23T00:00:00Z')
const amount = fc.oneof(fc.nat(500), fc.nat(1_000_000)).map(yuan)
const expiresAt = fc.integer({ min: -3, max: 20 }).map((days) => new Date(now.getTime() + days * 86_400_000))
const funds = (prefix: string) =>
  fc
    .array(fc.record({ balance: amount, expiresAt }), { maxLength: 4 })
    .map((list) => list.map((fund, index) => ({ id: `${prefix}${index}`, ...fund })))
const settlement: fc.Arbitrary<Charge['settlement']> = fc.oneof(
  fc.constant({ method: 'balance' as const }),
  fc.constantFrom('inst_1', 'inst_2').map((instanceId) => ({ method: 'marketplace' as const, instanceId })),
)
const meter = fc.constantFrom<MeterCode>('logs', 'traces', 'sms', 'synthetic_tests')
const charges = fc
  .array(fc.record({ meter, amount, settlement }), { maxLength: 8 })
  .map((list) => list.map((entry, index): Charge => ({ key: `line_${index}`, ...entry })))
const input: fc.Arbitrary<DeductionInput> = fc.record({
  currency: fc.constant('CNY' as const),
  now: fc.constant(now),
  charges,
  ordinaryVouchers: funds('o'),
  fullReductionVouchers: funds('f'),
  prepaidCards: funds('p'),
  cash: amount,
})

/** The rule once more, one fen at a time and line by line, as slowly as a person would do it with coins. */
function byCoins(of: DeductionInput): Map<string, bigint> {
  const excluded = new Set<MeterCode>(['sms', 'synthetic_tests'])
  const open = of.charges
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map((charge) => ({ charge, left: fen(charge.amount) }))
  const taken = new Map<string, bigint>()
  const put = (key: string, source: FundSource, coins: bigint) => {
    if (coins === 0n) return
    const name = `${key} ${sourceKey(source)}`
    taken.set(name, (taken.get(name) ?? 0n) + coins)
  }
  const purses = [
    ...of.ordinaryVouchers.map((fund) => ({ rank: 0, kind: 'ordinary_voucher' as const, fund })),
    ...of.fullReductionVouchers.map((fund) => ({ rank: 1, kind: 'full_reduction_voucher' as const, fund })),
    ...of.prepaidCards.map((fund) => ({ rank: 2, kind: 'prepaid_card' as const, fund })),
  ]
  purses.sort((a, b) => a.rank - b.rank || +a.fund.expiresAt - +b.fund.expiresAt || (a.fund.id < b.fund.id ? -1 : 1))
  for (const { kind, fund } of purses) {
    let coins = fund.expiresAt.getTime() > of.now.getTime() ? fen(fund.balance) : 0n
    for (const entry of open) {
      if (kind !== 'prepaid_card' && excluded.has(entry.charge.meter)) continue
      const coinsNow = coins < entry.left ? coins : entry.left
      put(entry.charge.key, { kind, id: fund.id }, coinsNow)
      coins -= coinsNow
      entry.left -= coinsNow
    }
  }
  let cash = fen(of.cash)
  for (const entry of open) {
    if (entry.charge.settlement.method === 'marketplace') {
      put(entry.charge.key, { kind: 'cloud_receivable', instanceId: entry.charge.settlement.instanceId }, entry.left)
      continue
    }
    const fromCash = cash < entry.left ? cash : entry.left
    cash -= fromCash
    put(entry.charge.key, { kind: 'cash' }, fromCash)
    put(entry.charge.key, { kind: 'debt' }, entry.left - fromCash)
  }
  return taken
}

describe('paying, whatever is charged and whatever is there', () => {
  it('conserves money: every line is paid in full, exactly once, and no balance goes below zero but debt', () => {
    fc.assert(
      fc.property(input, (of) => {
        const plan = planDeduction(of)
        for (const charge of of.charges) {
          expect(sum(plan.parts.filter((part) => part.key === charge.key).map((part) => part.amount))).toBe(
            fen(charge.amount),
          )
        }
        const takenFrom = (wanted: FundSource) =>
          sum(plan.parts.filter((part) => sourceKey(part.source) === sourceKey(wanted)).map((part) => part.amount))
        for (const fund of of.ordinaryVouchers)
          expect(takenFrom({ kind: 'ordinary_voucher', id: fund.id }) <= fen(fund.balance)).toBe(true)
        for (const fund of of.fullReductionVouchers)
          expect(takenFrom({ kind: 'full_reduction_voucher', id: fund.id }) <= fen(fund.balance)).toBe(true)
        for (const fund of of.prepaidCards)
          expect(takenFrom({ kind: 'prepaid_card', id: fund.id }) <= fen(fund.balance)).toBe(true)
        expect(takenFrom({ kind: 'cash' }) <= fen(of.cash)).toBe(true)
        expect(fen(plan.addedDebt)).toBe(takenFrom({ kind: 'debt' }))
        for (const { instanceId, amount: owed } of plan.cloud)
          expect(fen(owed)).toBe(takenFrom({ kind: 'cloud_receivable', instanceId }))
        for (const part of plan.parts) expect(fen(part.amount) > 0n).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('equals paying coin by coin in the documented order', () => {
    fc.assert(
      fc.property(input, (of) => {
        const paid = new Map<string, bigint>()
        for (const part of planDeduction(of).parts) {
          const name = `${part.key} ${sourceKey(part.source)}`
          expect(paid.has(name)).toBe(false)
          paid.set(name, fen(part.amount))
        }
        expect(paid).toEqual(byCoins(of))
      }),
      { numRuns: 2000 },
    )
  })

  it('does not depend on the order in which lines and funds are read', () => {
    fc.assert(
      fc.property(input, (of) => {
        const mixed: DeductionInput = {
          ...of,
          charges: of.charges.toReversed(),
          ordinaryVouchers: of.ordinaryVouchers.toReversed(),
          fullReductionVouchers: of.fullReductionVouchers.toReversed(),
          prepaidCards: of.prepaidCards.toReversed(),
        }
        expect(planDeduction(mixed)).toEqual(planDeduction(of))
      }),
      { numRuns: 1000 },
    )
  })
})

/** One account's life: what a random hand does to it, decided by the real planners from the balances as they stand. */
type Step =
  | { do: 'top_up' | 'sell_card' | 'grant' | 'settle_cloud'; fen: number }
  | { do: 'bill'; charges: Charge[] }
  | { do: 'refund'; share: number }
  | { do: 'expire_voucher' }
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('top_up' as const, 'sell_card' as const, 'grant' as const, 'settle_cloud' as const),
    fen: fc.integer({ min: 1, max: 200_000 }),
  }),
  charges.map((list) => ({ do: 'bill' as const, charges: list })),
  charges.map((list) => ({ do: 'bill' as const, charges: list })),
  fc.integer({ min: 1, max: 100 }).map((share) => ({ do: 'refund' as const, share })),
  fc.constant({ do: 'expire_voucher' as const }),
)

const owner = 'bact_1'
const far = new Date('2099-01-01T00:00:00Z')

/** Plays steps against an empty account and hands back its books. */
function live(steps: Step[]): LedgerTransaction[] {
  const books: LedgerTransaction[] = []
  const post = (event: LedgerEvent) => books.push(transactionFor({ owner, currency: 'CNY', event }))
  const holds = (name: string) => balancesAfter(books).get(name)?.toFixed(2) ?? '0.00'
  const owed = () => holds(`debt/${owner}`).replace('-', '')
  const open = (kind: 'ordinary_voucher' | 'full_reduction_voucher' | 'prepaid_card') =>
    [...balancesAfter(books)]
      .filter(([name, left]) => name.startsWith(`${kind}/`) && left.greaterThan(0))
      .map(([name, left]) => ({ id: name.split('/')[2] ?? '', balance: left.toFixed(2), expiresAt: far }))
  const history = new Map<string, PaymentMove[]>()
  const remember = (key: string, move: PaymentMove) => history.set(key, [...(history.get(key) ?? []), move])

  steps.forEach((next, index) => {
    const id = `${index}`
    switch (next.do) {
      case 'top_up':
      case 'sell_card': {
        const cardOrCash = next.do === 'top_up' ? ({ kind: 'cash' } as const) : ({ kind: 'prepaid_card', id } as const)
        const debt = owed()
        post(
          next.do === 'top_up'
            ? { kind: 'top_up', topUpId: id, amount: yuan(next.fen) }
            : { kind: 'prepaid_card_sale', cardId: id, amount: yuan(next.fen) },
        )
        const repayment = debtRepaymentFrom({
          currency: 'CNY',
          incoming: yuan(next.fen),
          debt,
          from: cardOrCash,
          because: id,
        })
        if (repayment) post(repayment)
        break
      }
      case 'grant':
        post({
          kind: 'voucher_grant',
          voucher: next.fen % 2 ? 'ordinary_voucher' : 'full_reduction_voucher',
          voucherId: id,
          amount: yuan(next.fen),
        })
        break
      case 'settle_cloud': {
        const receivable = -Number(fen(holds(`cloud_receivable/${owner}/inst_1`)))
        if (receivable > 0)
          post({
            kind: 'cloud_settlement',
            pushId: id,
            instanceId: 'inst_1',
            amount: yuan(Math.min(receivable, next.fen)),
          })
        break
      }
      case 'bill': {
        const { parts } = planDeduction({
          currency: 'CNY',
          now,
          charges: next.charges,
          ordinaryVouchers: open('ordinary_voucher'),
          fullReductionVouchers: open('full_reduction_voucher'),
          prepaidCards: open('prepaid_card'),
          cash: holds(`cash/${owner}`),
        })
        post({ kind: 'bill_deduction', billId: id, parts })
        for (const part of parts) remember(part.key, { kind: 'paid', ...part })
        break
      }
      case 'refund': {
        const refunds = [...history].flatMap(([key, moves]) => {
          const paidBy = stillPaid('CNY', moves)
          const back = (sum(paidBy.map((part) => part.amount)) * BigInt(next.share)) / 100n
          return back > 0n ? [{ key, amount: yuan(Number(back)), paidBy }] : []
        })
        post({ kind: 'bill_refund', billId: id, parts: planRefund({ currency: 'CNY', refunds, debt: owed() }) })
        for (const refund of refunds) remember(refund.key, { kind: 'refunded', amount: refund.amount })
        break
      }
      case 'expire_voucher': {
        const [voucher] = open('ordinary_voucher')
        if (voucher)
          post({
            kind: 'voucher_expiry',
            voucher: 'ordinary_voucher',
            voucherId: voucher.id,
            onDay: id,
            amount: voucher.balance,
          })
      }
    }
  })
  return books
}

describe('the books of an account, whatever happens to it', () => {
  it('sum to zero, transaction by transaction and all together; no balance is below zero but debt and what clouds owe', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const books = live(steps)
        for (const transaction of books) {
          expect(sum(transaction.postings.map((posting) => posting.amount))).toBe(0n)
          const names = transaction.postings.map((posting) => ledgerAccountName(posting.account))
          expect(new Set(names).size).toBe(names.length)
        }
        const balances = balancesAfter(books)
        expect([...balances.values()].reduce((total, left) => total + fen(left.toFixed(2)), 0n)).toBe(0n)
        for (const [name, left] of balances) {
          if (/^(cash|ordinary_voucher|full_reduction_voucher|prepaid_card)\//.test(name))
            expect(left.greaterThanOrEqualTo(0), name).toBe(true)
          if (name.startsWith('debt/')) expect(left.lessThanOrEqualTo(0), name).toBe(true)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('never hold cash and debt at once: whatever comes in pays debt first', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const balances = balancesAfter(live(steps))
        const cash = balances.get(`cash/${owner}`)?.toNumber() ?? 0
        const debt = balances.get(`debt/${owner}`)?.toNumber() ?? 0
        expect(cash > 0 && debt < 0).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  it('name every transaction once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const references = live(steps).map((transaction) => transaction.reference)
        expect(new Set(references).size).toBe(references.length)
      }),
      { numRuns: 1000 },
    )
  })
})
