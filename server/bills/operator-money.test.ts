import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import { newId } from '../../contract/ids.ts'
import * as money from '../../contract/operator-money.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { operatorBrowser } from '../../test/operator.ts'
import { testPaidWorkspace } from '../../test/paid-workspace.ts'
import { testPayer } from '../../test/payer.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import { createApp } from '../app.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { closeDueDays } from './close-due-days.ts'

/* Two payers: one in China, one abroad, where the price book has no SMS. */
let world: TestServices
let app: FastifyInstance
let operator: TestBrowser
let payer: BillingAccountId
let inDollars: BillingAccountId
let workspaceId: WorkspaceId
const day = 86_400_000
const key = () => crypto.randomUUID()

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  await seedPriceBooks(world.ctx())
  operator = await operatorBrowser(world, app)
  payer = await testPayer(world)
  inDollars = await testPayer(world, 'USD')
  workspaceId = await testPaidWorkspace(world, { billingAccountId: payer })
})
afterAll(async () => {
  await app.close()
  await world.close()
})

const params = () => ({ billingAccountId: payer })
const inDays = (days: number) => new Date(world.clock.now().getTime() + days * day).toISOString()

test('an operator finds payers by any of their names, a page at a time', async () => {
  const { username } = await operator.call(money.readPayer, { params: params() })
  const found = await operator.call(money.listPayers, { query: { search: username.toUpperCase() } })
  expect(found.items).toMatchObject([{ id: payer, currency: 'CNY', cash: '0.00', debt: '0.00' }])
  expect((await operator.call(money.listPayers, { query: { search: '100%' } })).items).toEqual([])
  const first = await operator.call(money.listPayers, { query: { limit: 1 } })
  const second = await operator.call(money.listPayers, { query: { limit: 1, cursor: first.nextCursor! } })
  expect([...first.items, ...second.items].map(({ id }) => id).toSorted()).toEqual([payer, inDollars].toSorted())
  const nobody = { billingAccountId: newId('billingAccount') }
  expect(await operator.refused(money.readPayer, { params: nobody })).toMatchObject({ code: 'not_found' })
  const body = { requestKey: key(), amount: '1', note: 'x' }
  expect(await operator.refused(money.creditPayer, { params: nobody, body })).toMatchObject({ code: 'not_found' })
})

test('money, vouchers and cards are written down once however often the button is pressed', async () => {
  const credit = { requestKey: key(), amount: '100', note: 'Bank 20260310-7' }
  const once = await operator.call(money.creditPayer, { params: params(), body: credit })
  expect(await operator.call(money.creditPayer, { params: params(), body: credit })).toMatchObject({
    topUpId: once.topUpId,
  })
  const voucher = {
    requestKey: key(),
    kind: 'ordinary_voucher' as const,
    amount: '30',
    expiresAt: inDays(30),
    note: 'Welcome',
  }
  const granted = await operator.call(money.grantVoucher, { params: params(), body: voucher })
  expect(await operator.call(money.grantVoucher, { params: params(), body: voucher })).toEqual(granted)
  const card = { requestKey: key(), amount: '200', expiresAt: inDays(365), note: 'PO 7' }
  await operator.call(money.sellPrepaidCard, { params: params(), body: card })
  const { wallet } = await operator.call(money.readPayer, { params: params() })
  expect(wallet).toMatchObject({ cash: '100.00', ordinaryVouchers: '30.00', prepaidCards: '200.00', debt: '0.00' })
  const { items } = await operator.call(money.listPayerMoves, { params: params() })
  expect(items.map((move) => move.kind)).toEqual(['prepaid_card_sale', 'voucher_grant', 'top_up'])
})

test('an amount finer than a cent and a voucher that is over already are refused at their fields', async () => {
  const fine = { requestKey: key(), amount: '0.001', note: 'x' }
  expect(await operator.refused(money.creditPayer, { params: params(), body: fine })).toMatchObject({
    code: 'amount_too_fine',
    fields: [{ path: 'amount' }],
  })
  const over = { requestKey: key(), kind: 'ordinary_voucher' as const, amount: '1', expiresAt: inDays(-1), note: 'x' }
  expect(await operator.refused(money.grantVoucher, { params: params(), body: over })).toMatchObject({
    code: 'expiry_not_ahead',
    fields: [{ path: 'expiresAt' }],
  })
})

test('a bill without a price is parked with its reason, seen, and made again without what has none', async () => {
  const dollars = await testPaidWorkspace(world, { billingAccountId: inDollars, site: 'us1' })
  await someUsage(world.ctx(), [
    { workspaceId, meter: 'sms', quantity: '10' },
    { workspaceId: dollars, meter: 'sms', quantity: '10' },
    { workspaceId: dollars, meter: 'logs', retentionDays: 14, quantity: '1000000' },
  ])
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  // At noon in Shanghai it is the evening before in Los Angeles.
  const closed = { state: 'closed', nothing: 0, open: 0 }
  expect((await operator.call(money.listBillDays, {})).items).toMatchObject([
    { ...closed, site: 'cn1', day: '2026-03-10', issued: 1, parked: 0 },
    { ...closed, site: 'us1', day: '2026-03-09', issued: 0, parked: 1 },
  ])
  const { items } = await operator.call(money.listParkedBills, {})
  expect(items).toMatchObject([
    { billingAccountId: inDollars, day: '2026-03-09', reasons: [{ reason: 'no_price', usage: { meter: 'sms' } }] },
  ])
  const body = { site: 'us1', day: '2026-03-09', billingAccountId: inDollars }
  expect(await operator.call(money.retryParkedBill, { body })).toMatchObject({ state: 'parked', billId: null })
  const retried = await operator.call(money.retryParkedBill, { body: { ...body, unpriced: 'leave_out' } })
  expect(retried).toMatchObject({ state: 'issued', reasons: [] })
  expect((await operator.call(money.listParkedBills, {})).items).toEqual([])
  expect(await operator.refused(money.retryParkedBill, { body })).toMatchObject({ code: 'bill_not_parked' })
  const { wallet } = await operator.call(money.readPayer, { params: { billingAccountId: inDollars } })
  expect(wallet).toMatchObject({ currency: 'USD', debt: '0.50' })
})

test('an operator can prove a closed day and the whole ledger', async () => {
  const body = { site: 'cn1', day: '2026-03-10' }
  expect(await operator.call(money.checkBillDay, { body })).toEqual({ bills: 1, different: [] })
  expect(await operator.refused(money.checkBillDay, { body: { ...body, day: '2020-01-01' } })).toMatchObject({
    code: 'not_found',
  })
  expect(await operator.call(money.checkMoney, { body: {} })).toMatchObject({ right: true, faults: [] })
})

test('prices are edited as a file on the desk too, and never in the past', async () => {
  const { items } = await operator.call(money.listPriceBooks, {})
  expect(items).toContainEqual(expect.objectContaining({ book: 'CN-CNY', newFrom: '2026-03-11' }))
  const file = await operator.call(money.readPriceBook, { params: { book: 'CN-CNY' } })
  const [first] = file['versions'] as [Record<string, unknown>]
  const withNext = (effectiveFrom: string) => ({ ...file, versions: [first, { ...first, version: 2, effectiveFrom }] })
  const past = await operator.call(money.applyPriceBook, { body: withNext('2026-03-10') })
  expect(past.refusals).toEqual([expect.stringContaining('2026-03-11, the first day still open')])
  expect((await operator.call(money.diffPriceBook, { body: withNext('2026-03-11') })).refusals).toEqual([])
  expect((await operator.call(money.applyPriceBook, { body: withNext('2026-03-11') })).refusals).toEqual([])
  const wrong = await operator.call(money.applyPriceBook, { body: { ...withNext('2026-03-12'), currency: 'XYZ' } })
  expect(wrong.refusals).toEqual([expect.stringMatching(/^file: currency: /)])
  const listed = await operator.call(money.listPriceBooks, {})
  expect(listed.items.find(({ book }) => book === 'CN-CNY')?.versions).toHaveLength(2)
})
