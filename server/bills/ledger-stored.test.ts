import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BillingAccountId } from '../../contract/ids.ts'
import { testPayer } from '../../test/payer.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { inTransaction } from '../context.ts'
import { checkLedger } from './check-ledger.ts'
import { transactionFor, type LedgerEvent } from './ledger.ts'
import { postTransaction } from './post-transaction.ts'
import { readBalances } from './read-balances.ts'

let world: TestServices
let owner: BillingAccountId

beforeAll(async () => {
  world = await testServices()
  owner = await testPayer(world)
})
afterAll(() => world.close())

function post(event: LedgerEvent) {
  return inTransaction(world.ctx(), (tx) => postTransaction(tx, transactionFor({ owner, currency: 'CNY', event })))
}

test('a top-up posted twice, even at once, is credited once', async () => {
  const topUp: LedgerEvent = { kind: 'top_up', topUpId: 'topu_1', amount: '100.00' }
  const answers = await Promise.all([post(topUp), post(topUp), post(topUp)])
  expect(answers.filter(({ posted }) => posted)).toHaveLength(1)
  expect(await readBalances(world.ctx(), owner)).toMatchObject({ cash: '100.00', debt: '0.00' })
})

test('the same reference with another amount is refused', async () => {
  await expect(post({ kind: 'top_up', topUpId: 'topu_1', amount: '100.01' })).rejects.toThrow('other postings')
})

test('cash never goes below zero; debt may grow without end', async () => {
  const pay = (kind: 'cash' | 'debt', billId: string): LedgerEvent => ({
    kind: 'bill_deduction',
    billId,
    parts: [{ key: 'a', source: { kind }, amount: '100.01' }],
  })
  await expect(post(pay('cash', 'bill_1'))).rejects.toThrow('ledger_accounts')
  await post(pay('debt', 'bill_2'))
  expect(await readBalances(world.ctx(), owner)).toMatchObject({ cash: '100.00', debt: '100.01' })
})

test('the database itself refuses a transaction that does not sum to zero, and any change of one that stands', async () => {
  const lopsided = transactionFor({ owner, currency: 'CNY', event: { kind: 'top_up', topUpId: 'topu_2', amount: '5' } })
  const oneSided = { ...lopsided, postings: lopsided.postings.slice(0, 1) }
  await expect(inTransaction(world.ctx(), (tx) => postTransaction(tx, oneSided))).rejects.toThrow('sums to')
  const { db } = world.services
  await expect(sql`update ledger_postings set amount = amount + 1`.execute(db)).rejects.toThrow('never changed')
  await expect(sql`delete from ledger_transactions`.execute(db)).rejects.toThrow('never changed')
})

test('the checker finds the ledger right, and names an account somebody changed by hand', async () => {
  expect(await checkLedger(world.ctx())).toMatchObject({ right: true, faults: [] })
  await sql`update ledger_accounts set balance = balance + 1 where kind = 'cash'`.execute(world.services.db)
  const { right, faults } = await checkLedger(world.ctx())
  expect(right).toBe(false)
  expect(faults).toEqual(['all accounts in CNY hold 1.00', expect.stringContaining('cash/')])
})
