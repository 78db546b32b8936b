import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import { testInstance, testPaidWorkspace } from '../../test/paid-workspace.ts'
import { testPayer } from '../../test/payer.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import { createApp } from '../app.ts'
import { inTransaction } from '../context.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { checkLedger } from './check-ledger.ts'
import { chooseLogsBy } from './choose-logs-by.ts'
import { closeDueDays } from './close-due-days.ts'
import { creditAccount } from './credit-account.ts'
import { expireFunds } from './expire-funds.ts'
import { grantVoucher } from './grant-voucher.ts'
import { sandboxCallback } from './payments/sandbox-payments.ts'
import { readBalances } from './read-balances.ts'
import { sellPrepaidCard } from './sell-prepaid-card.ts'
import { startTopUp } from './start-top-up.ts'

let world: TestServices
let app: FastifyInstance
let payer: BillingAccountId
const day = 86_400_000

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  await seedPriceBooks(world.ctx())
})
beforeEach(async () => {
  payer = await testPayer(world)
})
afterAll(async () => {
  expect(await checkLedger(world.ctx())).toMatchObject({ right: true, faults: [] })
  await app.close()
  await world.close()
})

const key = () => crypto.randomUUID()
const inDays = (count: number) => new Date(world.clock.now().getTime() + count * day)
const balances = () => readBalances(world.ctx(), payer)
const grant = (kind: 'ordinary_voucher' | 'full_reduction_voucher', amount: string, days = 30) =>
  grantVoucher(world.ctx(), {
    billingAccountId: payer,
    kind,
    amount,
    expiresAt: inDays(days),
    note: 'welcome',
    requestKey: key(),
  })
const credit = (amount: string, requestKey = key()) =>
  creditAccount(world.ctx(), { billingAccountId: payer, amount, note: 'bank 4711', requestKey })

/** Ten million log entries kept 14 days: 15.00. */
const fifteenOfLogs = (workspaceId: WorkspaceId) =>
  someUsage(world.ctx(), [{ workspaceId, meter: 'logs', retentionDays: 14, quantity: '10000000' }])

async function nextDay() {
  world.clock.advance(day)
  await closeDueDays(world.ctx())
}
async function latestPaidBy() {
  const bill = await world.services.db
    .selectFrom('daily_bills')
    .select('paid_by')
    .where('billing_account_id', '=', payer)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return bill?.paid_by.map(({ kind, amount }) => `${kind} ${amount}`)
}

describe('who pays a bill', () => {
  test('vouchers go first, ordinary before full-reduction, then the card, then cash, and the rest is debt', async () => {
    const workspaceId = await testPaidWorkspace(world, { billingAccountId: payer })
    await grant('full_reduction_voucher', '4')
    await grant('ordinary_voucher', '3')
    await sellPrepaidCard(world.ctx(), {
      billingAccountId: payer,
      amount: '2',
      expiresAt: inDays(365),
      note: '',
      requestKey: key(),
    })
    await credit('5')
    await fifteenOfLogs(workspaceId)
    await nextDay()
    expect(await latestPaidBy()).toEqual([
      'ordinary_voucher 3.00',
      'full_reduction_voucher 4.00',
      'prepaid_card 2.00',
      'cash 5.00',
      'debt 1.00',
    ])
    expect(await balances()).toMatchObject({
      cash: '0.00',
      debt: '1.00',
      ordinaryVouchers: '0.00',
      fullReductionVouchers: '0.00',
      prepaidCards: '0.00',
    })
  })

  test('the voucher that expires soonest is used first, and no voucher pays an SMS', async () => {
    const workspaceId = await testPaidWorkspace(world, { billingAccountId: payer })
    const late = await grant('ordinary_voucher', '10', 60)
    const soon = await grant('ordinary_voucher', '10', 5)
    await fifteenOfLogs(workspaceId)
    await someUsage(world.ctx(), [{ workspaceId, meter: 'sms', quantity: '20' }])
    await nextDay()
    expect(await latestPaidBy()).toEqual(['ordinary_voucher 15.00', 'debt 2.00'])
    const { left } = await balances()
    expect([left.get(soon), left.get(late)]).toEqual(['0.00', '5.00'])
  })

  test('with a cloud, vouchers go first too, cash stays, and the cloud pays the rest', async () => {
    const instanceId = await testInstance(world)
    const workspaceId = await testPaidWorkspace(world, { billingAccountId: payer, instanceId })
    await grant('ordinary_voucher', '6')
    await credit('100')
    await fifteenOfLogs(workspaceId)
    await nextDay()
    expect(await latestPaidBy()).toEqual(['ordinary_voucher 6.00', 'cloud_receivable 9.00'])
    expect(await balances()).toMatchObject({ cash: '100.00', cloudReceivable: [{ instanceId, amount: '9.00' }] })
  })

  test('logs by volume, chosen today, are charged instead of entries from tomorrow on', async () => {
    const workspaceId = await testPaidWorkspace(world, { billingAccountId: payer })
    await inTransaction(world.ctx(), (tx) => chooseLogsBy(tx, { workspaceId, logsBy: 'log_ingest' }))
    const both = () =>
      someUsage(world.ctx(), [
        { workspaceId, meter: 'logs', retentionDays: 14, quantity: '10000000' },
        { workspaceId, meter: 'log_ingest', retentionDays: 14, quantity: '7000000000' },
      ])
    await both()
    await nextDay()
    expect(await latestPaidBy()).toEqual(['debt 15.00'])
    await both()
    await nextDay()
    expect(await latestPaidBy()).toEqual(['debt 7.00'])
  })
})

describe('money that comes in', () => {
  async function owe() {
    await fifteenOfLogs(await testPaidWorkspace(world, { billingAccountId: payer }))
    await nextDay()
    expect(await balances()).toMatchObject({ debt: '15.00' })
  }

  test('a bank transfer repays debt first, and counts once per intent', async () => {
    await owe()
    const requestKey = key()
    const first = await credit('20', requestKey)
    expect(first.repaid).toBe('15.00')
    expect((await credit('20', requestKey)).topUpId).toBe(first.topUpId)
    expect(await balances()).toMatchObject({ cash: '5.00', debt: '0.00' })
  })

  test('a prepaid card repays debt first', async () => {
    await owe()
    const card = {
      billingAccountId: payer,
      amount: '40',
      expiresAt: inDays(365),
      note: 'order 7',
      requestKey: key(),
    }
    const id = await sellPrepaidCard(world.ctx(), card)
    expect(await sellPrepaidCard(world.ctx(), card)).toBe(id)
    const other = { ...card, billingAccountId: await testPayer(world) }
    expect(await sellPrepaidCard(world.ctx(), other)).not.toBe(id)
    expect(await balances()).toMatchObject({ prepaidCards: '25.00', debt: '0.00' })
  })

  test('an amount finer than the currency, or an expiry in the past, is refused beside its field', async () => {
    await expect(credit('1.005')).rejects.toMatchObject({ code: 'amount_too_fine', field: 'amount' })
    await expect(grant('ordinary_voucher', '1', -1)).rejects.toMatchObject({ code: 'expiry_not_ahead' })
  })

  test('what is left of a voucher and of a card is gone once they expire, and never pays again', async () => {
    await grant('ordinary_voucher', '3', 1)
    const workspaceId = await testPaidWorkspace(world, { billingAccountId: payer })
    await fifteenOfLogs(workspaceId)
    await nextDay()
    expect(await latestPaidBy()).toEqual(['debt 15.00'])
    expect(await expireFunds(world.ctx())).toBeGreaterThanOrEqual(1)
    expect(await expireFunds(world.ctx())).toBe(0)
    expect(await balances()).toMatchObject({ ordinaryVouchers: '0.00', debt: '15.00' })
  })
})

describe('a payment online, with the sandbox provider', () => {
  const begin = (amount: string, requestKey = key()) =>
    startTopUp(world.ctx(), { billingAccountId: payer, amount, provider: 'sandbox', requestKey })
  const pathOf = (redirectUrl: string) => redirectUrl.replace(world.services.config.publicUrl, '')
  const choose = (redirectUrl: string, outcome: string) =>
    app.inject({
      method: 'POST',
      url: pathOf(redirectUrl),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `outcome=${outcome}`,
    })

  test('is credited when the payer pays on the provider’s page, once, however often the callback comes', async () => {
    const { id, redirectUrl } = await begin('25')
    expect((await app.inject(pathOf(redirectUrl))).body).toContain('CNY 25.00')
    const paid = await choose(redirectUrl, 'paid')
    expect(paid.statusCode).toBe(303)
    expect(paid.headers.location).toContain(id)
    const payload = sandboxCallback(world.ctx(), { topUpId: id, currency: 'CNY', amount: '25.00' }, 'paid')
    const again = await Promise.all(
      [1, 2, 3].map(() => app.inject({ method: 'POST', url: '/payments/sandbox/callback', payload })),
    )
    expect(again.map((answer) => answer.json())).toEqual([1, 2, 3].map(() => ({ state: 'credited' })))
    expect(await balances()).toMatchObject({ cash: '25.00' })
  })

  test('answers the same intent with the same payment, and refuses one that is done', async () => {
    const requestKey = key()
    const first = await begin('25', requestKey)
    expect(await begin('25', requestKey)).toEqual(first)
    await choose(first.redirectUrl, 'paid')
    await expect(begin('25', requestKey)).rejects.toMatchObject({ code: 'top_up_over' })
  })

  test('brings nothing when declined, or when somebody else signs the callback, or the amount was changed on the way', async () => {
    const { id, redirectUrl } = await begin('25')
    const order = { topUpId: id, currency: 'CNY', amount: '25.00' } as const
    const forged = { ...sandboxCallback(world.ctx(), order, 'paid'), amount: '2500.00' }
    const answer = await app.inject({ method: 'POST', url: '/payments/sandbox/callback', payload: forged })
    expect(answer.statusCode).toBe(401)
    expect((await app.inject(pathOf(redirectUrl).replace('25.00', '26.00'))).statusCode).toBe(404)
    await choose(redirectUrl, 'declined')
    expect(await balances()).toMatchObject({ cash: '0.00' })
  })

  test('is not offered in production', async () => {
    const { services } = world
    const ctx = world.ctx({ services: { ...services, config: { ...services.config, mode: 'production' } } })
    await expect(
      startTopUp(ctx, { billingAccountId: payer, amount: '1', provider: 'sandbox', requestKey: key() }),
    ).rejects.toMatchObject({ code: 'top_up_not_offered' })
  })
})
