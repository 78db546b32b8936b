import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as bills from '../../contract/bills.ts'
import * as wallet from '../../contract/wallet.ts'
import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import { newId } from '../../contract/ids.ts'
import * as identity from '../../contract/identity.ts'
import { activatedBuyer, castPassword } from '../../test/cast.ts'
import type { Activated } from '../../test/cast.ts'
import { testPaidWorkspace } from '../../test/paid-workspace.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import { createApp } from '../app.ts'
import { inTransaction } from '../context.ts'
import { sumOfAmounts } from '../rating/decimal.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { closeDueDays } from './close-due-days.ts'
import { grantVoucher } from './grant-voucher.ts'
import { sellPrepaidCard } from './sell-prepaid-card.ts'
import { issueMonthlyBills } from './issue-monthly-bills.ts'
import { transactionFor } from './ledger.ts'
import type { LedgerEvent } from './ledger.ts'
import { postTransaction } from './post-transaction.ts'

/*
 * A buyer with two workspaces: one paid by the cloud, one by the balance, which holds 10.00. On 10 March the first uses 2 million
 * logs (3.00), the second 8 million (12.00) and 20 SMS (2.00); on 11 March a million late logs come for the second one.
 */
let world: TestServices
let app: FastifyInstance
let buyer: Activated
let stranger: Activated
let payer: BillingAccountId
let own: WorkspaceId

const day = 86_400_000

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  await seedPriceBooks(world.ctx())
  buyer = await activatedBuyer(world, app)
  stranger = await activatedBuyer(world, app)
  const account = await world.services.db
    .selectFrom('billing_accounts')
    .select('id')
    .where('username', '=', buyer.username)
    .executeTakeFirstOrThrow()
  payer = account.id
  own = await testPaidWorkspace(world, { billingAccountId: payer })
  await post({ kind: 'top_up', topUpId: 'topu_first', amount: '10.00' })
  const noon = world.clock.now()
  await logs(buyer.workspaceId, 2, noon)
  await logs(own, 8, noon)
  await someUsage(world.ctx(), [{ workspaceId: own, meter: 'sms', quantity: '20', at: noon }])
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  await logs(own, 1, noon)
  await logs(own, 4)
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  await logs(own, 6)
})
afterAll(async () => {
  await app.close()
  await world.close()
})

function post(event: LedgerEvent) {
  return inTransaction(world.ctx(), (tx) =>
    postTransaction(tx, transactionFor({ owner: payer, currency: 'CNY', event })),
  )
}

function logs(workspaceId: WorkspaceId, millions: number, at = world.clock.now()) {
  return someUsage(world.ctx(), [
    { workspaceId, meter: 'logs', retentionDays: 14, quantity: String(millions * 1_000_000), at },
  ])
}

async function everyPage<Item>(
  read: (cursor: string | undefined) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return items
}

const call: Activated['browser']['call'] = (endpoint, sending) => buyer.browser.call(endpoint, sending)
const charges = (query: object = {}) =>
  everyPage((cursor) => call(bills.listCharges, { query: { limit: 2, ...query, ...(cursor && { cursor }) } }))

test('the wallet says what is there, what is owed, and what the cloud still has to pay', async () => {
  expect(await call(wallet.readWallet, {})).toEqual({
    currency: 'CNY',
    cash: '0.00',
    debt: '11.50',
    ordinaryVouchers: '0.00',
    fullReductionVouchers: '0.00',
    prepaidCards: '0.00',
    cloud: [{ instanceId: buyer.ids['instanceId'], instanceRef: buyer.bought.instanceRef, amount: '3.00' }],
    onlinePayments: ['sandbox'],
  })
})

test('the overview says what today and this month cost so far, over all workspaces of a site', async () => {
  expect(await call(wallet.readMoneyOverview, {})).toEqual({
    currency: 'CNY',
    todaySoFar: '9.00',
    monthToNow: '33.50',
    sites: [
      {
        site: 'cn1',
        today: { day: '2026-03-12', total: '9.00', withoutPrice: [] },
        monthToNow: '33.50',
        nextBillAt: '2026-03-12T16:00:00.000Z',
      },
    ],
    expiring: [],
  })
  const theirs = await stranger.browser.call(wallet.readMoneyOverview, {})
  expect(theirs).toMatchObject({ todaySoFar: '0.00', monthToNow: '0.00', sites: [{ site: 'cn1' }], expiring: [] })
})

test('between midnight and its bill a day counts as it would be billed now', async () => {
  world.clock.advance(day)
  expect(await call(wallet.readMoneyOverview, {})).toMatchObject({ todaySoFar: '0.00', monthToNow: '33.50' })
  world.clock.advance(-day)
})

test('each day has one bill over all workspaces, with what paid it', async () => {
  const list = await everyPage((cursor) =>
    call(bills.listDailyBills, { query: { limit: 1, ...(cursor && { cursor }) } }),
  )
  expect(list).toMatchObject([
    { day: '2026-03-11', total: '7.50', lineCount: 2, paidBy: [{ fund: 'debt', amount: '7.50' }] },
    { day: '2026-03-10', total: '17.00', lineCount: 3 },
  ])
  expect(Object.fromEntries(list[1]!.paidBy.map(({ fund, amount }) => [fund, amount]))).toEqual({
    cash: '10.00',
    debt: '4.00',
    cloud_receivable: '3.00',
  })
  const bill = await call(bills.readDailyBill, { params: { dailyBillId: list[1]!.id } })
  expect(bill).toMatchObject({ total: '17.00', cloud: [{ instanceRef: buyer.bought.instanceRef, amount: '3.00' }] })
  expect(bill.hash).toMatch(/^[0-9a-f]{64}$/)
  expect(await call(bills.listDailyBills, { query: { from: '2026-03-11' } })).toMatchObject({
    items: [{ day: '2026-03-11' }],
  })
  expect(await call(bills.listDailyBills, { query: { to: '2026-03-10', site: 'us1' } })).toMatchObject({ items: [] })
})

test('charges are every line of every bill, page by page, and what paid each adds up to it', async () => {
  const list = await charges()
  expect(list.map((line) => [line.day, line.kind, line.usageDay, line.meter, line.amount])).toEqual(
    expect.arrayContaining([
      ['2026-03-11', 'usage', '2026-03-11', 'logs', '6.00'],
      ['2026-03-11', 'adjustment', '2026-03-10', 'logs', '1.50'],
      ['2026-03-10', 'usage', '2026-03-10', 'sms', '2.00'],
    ]),
  )
  expect(list).toHaveLength(5)
  const cents = (text: string) => Math.round(Number(text) * 100)
  for (const line of list) {
    expect(
      line.paidBy.reduce((sum, part) => sum + cents(part.amount), 0),
      line.meter,
    ).toBe(cents(line.amount))
  }
  expect(await charges({ workspaceId: own, meter: 'sms' })).toMatchObject([
    { quantity: '20', per: '10', unitPrice: '1' },
  ])
  expect(await charges({ workspaceId: buyer.workspaceId })).toMatchObject([
    { amount: '3.00', paidBy: [{ fund: 'cloud_receivable', id: buyer.ids['instanceId'], amount: '3.00' }] },
  ])
})

test('a charge opens to its price rule, its hours, its events and what set it right later', async () => {
  const line = (await charges({ workspaceId: own, meter: 'logs', to: '2026-03-10' }))[0]!
  const params = { dailyBillId: line.billId, position: String(line.position) }
  const opened = await call(bills.explainBillLine, { params })
  expect(opened).toMatchObject({
    quantity: '8000000',
    amount: '12.00',
    price: {
      book: 'CN-CNY',
      version: 1,
      effectiveFrom: '2024-01-01',
      id: 'logs.14d',
      model: 'flat',
      per: '1000000',
      unitPrice: '1.5',
      shares: [],
    },
    adjusts: null,
    related: [{ day: '2026-03-11', kind: 'adjustment', amount: '1.50' }],
  })
  // Hours are as known now: the late million is in them.
  expect(opened.hours).toEqual([{ hour: '2026-03-10T04:00:00.000Z', quantity: '9000000' }])
  const events = await everyPage((cursor) =>
    call(bills.listLineEvents, { params, query: { limit: 1, ...(cursor && { cursor }) } }),
  )
  expect(events.map((event) => event.quantity).toSorted()).toEqual(['1000000', '8000000'])
})

test('an adjustment says what was billed before and what the day costs as known then', async () => {
  const list = await charges({ from: '2026-03-11' })
  const line = list.find((each) => each.kind === 'adjustment')!
  const opened = await call(bills.explainBillLine, {
    params: { dailyBillId: line.billId, position: String(line.position) },
  })
  expect(opened).toMatchObject({
    amount: '1.50',
    adjusts: {
      billed: { quantity: '8000000', amount: '12.00' },
      rated: { quantity: '9000000', amount: '13.50' },
    },
    related: [{ day: '2026-03-10', kind: 'usage', amount: '12.00' }],
  })
})

test('income and expenses tell every change of money with the bill it belongs to', async () => {
  const list = await everyPage((cursor) =>
    call(wallet.listMoneyMoves, { query: { limit: 1, ...(cursor && { cursor }) } }),
  )
  expect(list.map((move) => [move.kind, move.bill?.day ?? null])).toEqual([
    ['bill_deduction', '2026-03-11'],
    ['bill_deduction', '2026-03-10'],
    ['top_up', null],
  ])
  expect(list[2]).toMatchObject({ about: 'topu_first', changes: [{ fund: 'cash', amount: '10.00' }] })
  expect(list[1]?.changes).toEqual(
    expect.arrayContaining([
      { fund: 'cash', id: null, amount: '-10.00' },
      { fund: 'debt', id: null, amount: '-4.00' },
      { fund: 'cloud_receivable', id: buyer.ids['instanceId'], amount: '-3.00' },
    ]),
  )
  const ofCash = await call(wallet.listMoneyMoves, { query: { fund: 'cash' } })
  expect(ofCash.items).toHaveLength(2)
  const early = await call(wallet.listMoneyMoves, { query: { until: '2026-03-10T12:00:00.000Z' } })
  expect(early.items).toMatchObject([{ kind: 'top_up' }])
})

test('both lists leave as CSV files that a spreadsheet opens', async () => {
  const file = async (url: string) => {
    const response = await app.inject({
      url,
      headers: { cookie: [...buyer.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(response.headers['content-disposition']).toMatch(/^attachment; filename="[a-z-]+\.csv"$/)
    expect(response.body.charCodeAt(0)).toBe(0xfeff)
    return response.body.slice(1).trimEnd().split('\r\n')
  }
  const lines = await file('/v1/billing/charges.csv')
  expect(lines[0]).toMatch(/^day,site,bill,line,workspace,workspace_name,meter,.*,cloud_receivable,currency$/)
  expect(lines).toHaveLength(6)
  expect(lines.find((line) => line.includes(',sms,'))).toMatch(/,20,10,1,2\.00,.*,CNY$/)
  const moves = await file('/v1/billing/money-moves.csv?fund=cash')
  expect(moves).toHaveLength(3)
  expect(moves[1]).toMatch(/,top_up,topu_first,,,cash,,10\.00,CNY$/)
  expect(moves[2]).toMatch(/,bill_deduction,bill_[0-9a-f]+,2026-03-10,cn1,cash,,-10\.00,CNY$/)
})

test('a member sees what the workspace costs so far, and each day as billed and adjusted', async () => {
  const member = await world.services.db
    .selectFrom('workspace_members')
    .select('console_account_id')
    .where('workspace_id', '=', buyer.workspaceId)
    .executeTakeFirstOrThrow()
  await world.services.db
    .insertInto('workspace_members')
    .values({
      workspace_id: own,
      console_account_id: member.console_account_id,
      role: 'member',
      joined_at: world.clock.now(),
    })
    .execute()
  const cost = await call(bills.readCost, { params: { workspaceId: own }, query: { days: '4' } })
  expect(cost).toMatchObject({
    charged: 'by_usage',
    currency: 'CNY',
    today: { day: '2026-03-12', total: '9.00', lines: [{ meter: 'logs', retentionDays: 14, amount: '9.00' }] },
    monthToNow: '30.50',
    meters: [{ meter: 'logs' }, { meter: 'sms' }],
    forecast: null,
    trend: [
      { day: '2026-03-09', amount: '0.00', byMeter: [] },
      { day: '2026-03-10', amount: '15.50' },
      { day: '2026-03-11', amount: '6.00' },
      { day: '2026-03-12', amount: '9.00' },
    ],
  })
  for (const { amount, byMeter } of cost.trend)
    expect(
      sumOfAmounts(
        byMeter.map((each) => each.amount),
        'CNY',
      ),
    ).toBe(amount)
})

test('nobody reads another payer’s bills, lines, events or top-ups', async () => {
  const line = (await charges())[0]!
  const params = { dailyBillId: line.billId, position: String(line.position) }
  const refused: (typeof stranger)['browser']['refused'] = (endpoint, sending) =>
    stranger.browser.refused(endpoint, sending)
  expect(await refused(bills.readDailyBill, { params })).toMatchObject({ code: 'not_found' })
  expect(await refused(bills.listBillLines, { params })).toMatchObject({ code: 'not_found' })
  expect(await refused(bills.explainBillLine, { params })).toMatchObject({ code: 'not_found' })
  expect(await refused(bills.listLineEvents, { params })).toMatchObject({ code: 'not_found' })
  expect(await refused(wallet.readTopUp, { params: { topUpId: newId('topUp') } })).toMatchObject({ code: 'not_found' })
  expect((await stranger.browser.call(bills.listCharges, {})).items).toEqual([])
  expect((await stranger.browser.call(wallet.listMoneyMoves, {})).items).toEqual([])
})

test('money paid in online repays what was owed, and every page about money says so', async () => {
  const body = { requestKey: crypto.randomUUID(), provider: 'sandbox', amount: '20' }
  const begun = await call(wallet.startTopUp, { body })
  expect(await call(wallet.startTopUp, { body })).toEqual(begun)
  expect(await call(wallet.readTopUp, { params: { topUpId: begun.id } })).toMatchObject({ state: 'started' })
  const page = new URL(begun.redirectUrl)
  const paid = await app.inject({
    method: 'POST',
    url: page.pathname + page.search,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'outcome=paid',
  })
  expect(paid.headers.location).toContain(`/billing/wallet?topUp=${begun.id}`)
  expect(await call(wallet.readTopUp, { params: { topUpId: begun.id } })).toMatchObject({
    state: 'credited',
    amount: '20.00',
  })
  expect(await call(wallet.readWallet, {})).toMatchObject({ cash: '8.50', debt: '0.00' })
  const { items } = await call(wallet.listMoneyMoves, { query: { limit: 2 } })
  expect(items.map((move) => move.kind)).toEqual(['debt_repayment', 'top_up'])
  const refused = await buyer.browser.refused(wallet.startTopUp, {
    body: { requestKey: crypto.randomUUID(), provider: 'sandbox', amount: '0.001' },
  })
  expect(refused).toMatchObject({ code: 'amount_too_fine' })
  expect((await call(wallet.listTopUps, {})).items).toHaveLength(1)
})

test('vouchers and cards show what is left of them, until they expire', async () => {
  const expiresAt = new Date(world.clock.now().getTime() + 2 * day)
  const given = { billingAccountId: payer, amount: '5.00', expiresAt, note: 'Welcome' }
  await grantVoucher(world.ctx(), { ...given, kind: 'ordinary_voucher', requestKey: crypto.randomUUID() })
  await sellPrepaidCard(world.ctx(), { ...given, amount: '100', note: 'PO 7', requestKey: crypto.randomUUID() })
  expect((await call(wallet.listVouchers, {})).items).toMatchObject([
    { kind: 'ordinary_voucher', amount: '5.00', left: '5.00', state: 'usable', note: 'Welcome' },
  ])
  expect((await call(wallet.readMoneyOverview, {})).expiring).toMatchObject([
    { fund: 'ordinary_voucher', left: '5.00', expiresAt: expiresAt.toISOString() },
    { fund: 'prepaid_card', left: '100.00', expiresAt: expiresAt.toISOString() },
  ])
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  // 12 March: 6 million logs, 9.00: the voucher first, then the card; cash stays.
  expect((await call(wallet.listVouchers, {})).items).toMatchObject([{ left: '0.00', state: 'used' }])
  expect((await call(wallet.listPrepaidCards, {})).items).toMatchObject([
    { amount: '100.00', left: '96.00', state: 'usable' },
  ])
  expect((await call(wallet.readMoneyOverview, {})).expiring).toMatchObject([{ fund: 'prepaid_card', left: '96.00' }])
  world.clock.advance(2 * day)
  expect((await call(wallet.listPrepaidCards, {})).items).toMatchObject([{ state: 'expired' }])
})

test('the month is there after the 3rd of the next one: its days, its lines and what paid them', async () => {
  world.clock.advance(Date.parse('2026-04-03T20:00:00Z') - world.clock.now().getTime())
  await closeDueDays(world.ctx())
  expect(await issueMonthlyBills(world.ctx())).toBe(1)
  await buyer.browser.call(identity.signInToBilling, { body: { identifier: buyer.username, password: castPassword } })
  const { items } = await call(bills.listMonthlyBills, {})
  expect(items).toMatchObject([{ site: 'cn1', month: '2026-03', currency: 'CNY', total: '33.50' }])
  const params = { monthlyBillId: items[0]!.id }
  const month = await call(bills.readMonthlyBill, { params })
  expect(month.days).toEqual([
    { day: '2026-03-10', total: '17.00' },
    { day: '2026-03-11', total: '7.50' },
    { day: '2026-03-12', total: '9.00' },
  ])
  const lines = await everyPage((cursor) =>
    call(bills.listMonthlyLines, { params, query: { limit: 1, ...(cursor && { cursor }) } }),
  )
  const told = lines.map((line) => `${line.meter} ${line.quantity} ${line.amount} ${line.adjustments}`)
  expect(new Set(told)).toEqual(new Set(['logs 19000000 28.50 1.50', 'logs 2000000 3.00 0.00', 'sms 20 2.00 0.00']))
  const file = await app.inject({
    url: `/v1/billing/monthly-bills/${params.monthlyBillId}/lines.csv`,
    headers: { cookie: [...buyer.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
  })
  expect(file.body.trimEnd().split('\r\n')).toHaveLength(4)
  expect(file.body).toContain(`,logs,14,19000000,28.50,1.50,CNY`)
  await stranger.browser.call(identity.signInToBilling, {
    body: { identifier: stranger.username, password: castPassword },
  })
  for (const endpoint of [bills.readMonthlyBill, bills.listMonthlyLines] as const) {
    expect(await stranger.browser.refused(endpoint, { params })).toMatchObject({ code: 'not_found' })
  }
})
