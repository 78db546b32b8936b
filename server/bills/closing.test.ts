import { afterAll, beforeEach, expect, test } from 'vitest'
import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import { insertPayers } from '../../test/many-payers.ts'
import { testInstance, testPaidWorkspace } from '../../test/paid-workspace.ts'
import { testPayer } from '../../test/payer.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import { voidUsage } from '../../test/void-usage.ts'
import { setSettlement } from '../bindings/set-settlement.ts'
import { inTransaction } from '../context.ts'
import { readInstance } from '../marketplaces/read-instance.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { checkLedger } from './check-ledger.ts'
import { closeDueDays } from './close-due-days.ts'
import { closeSiteDay } from './close-site-day.ts'
import { cloudAmountsSince } from './cloud-amounts.ts'
import { computeDayAgain } from './compute-day-again.ts'
import { creditAccount } from './credit-account.ts'
import { grantVoucher } from './grant-voucher.ts'
import { transactionFor } from './ledger.ts'
import { postTransaction } from './post-transaction.ts'
import { readBalances } from './read-balances.ts'

/** Each story has a world of its own, at noon of 10 March in Shanghai. */
let world: TestServices
let payer: BillingAccountId
const worlds: TestServices[] = []

beforeEach(async () => {
  world = await testServices()
  worlds.push(world)
  await seedPriceBooks(world.ctx())
  payer = await testPayer(world)
})
afterAll(() => Promise.all(worlds.map((each) => each.close())))

const day = 86_400_000

async function topUp(amount: string) {
  const event = { kind: 'top_up', topUpId: `topu_${amount}`, amount } as const
  await inTransaction(world.ctx(), (tx) =>
    postTransaction(tx, transactionFor({ owner: payer, currency: 'CNY', event })),
  )
}

/** A million log entries kept 14 days cost 1.50; an SMS costs 0.10. */
function logs(workspaceId: WorkspaceId, millions: number, at = world.clock.now()) {
  return someUsage(world.ctx(), [
    { workspaceId, meter: 'logs', retentionDays: 14, quantity: String(millions * 1_000_000), at },
  ])
}

async function bills() {
  return world.services.db.selectFrom('daily_bills').selectAll().orderBy('number').execute()
}
async function lines() {
  return world.services.db
    .selectFrom('bill_lines')
    .innerJoin('daily_bills', 'daily_bills.id', 'bill_lines.bill_id')
    .select(['day', 'usage_day', 'kind', 'meter', 'amount', 'parts', 'position'])
    .orderBy('number')
    .orderBy('position')
    .execute()
}
const balances = () => readBalances(world.ctx(), payer)

test('a day is billed once after its midnight: cash first, the rest becomes debt, and the ledger stays right', async () => {
  const workspaceId = await testPaidWorkspace(world, { billingAccountId: payer })
  await topUp('10.00')
  await logs(workspaceId, 8)
  expect(await closeDueDays(world.ctx())).toEqual([])
  world.clock.advance(day)
  expect(await closeDueDays(world.ctx())).toEqual([{ site: 'cn1', day: '2026-03-10', issued: 1, parked: 0 }])
  expect(await closeDueDays(world.ctx())).toEqual([])
  expect(await bills()).toMatchObject([
    {
      day: '2026-03-10',
      total: '12.00',
      paid_by: [
        { kind: 'cash', amount: '10.00' },
        { kind: 'debt', amount: '2.00' },
      ],
    },
  ])
  expect(await balances()).toMatchObject({ cash: '0.00', debt: '2.00' })
  expect(await checkLedger(world.ctx())).toMatchObject({ right: true, transactions: 2 })
})

test('days are closed when they are over, and in their order', async () => {
  await logs(await testPaidWorkspace(world, { billingAccountId: payer }), 1)
  const close = (of: string) => closeSiteDay(world.ctx(), { site: 'cn1', day: of })
  await expect(close('2026-03-10')).rejects.toMatchObject({ code: 'day_not_over', field: 'day' })
  world.clock.advance(3 * day)
  expect(await close('2026-03-10')).toEqual({ issued: 1, nothing: 0, parked: 0 })
  expect(await close('2026-03-10')).toEqual({ issued: 0, nothing: 0, parked: 0 })
  await expect(close('2026-03-12')).rejects.toMatchObject({ code: 'day_out_of_turn', details: { day: '2026-03-11' } })
})

test('two who close the same day at once bill nobody twice', async () => {
  for (let index = 0; index < 6; index += 1) {
    const billingAccountId = await testPayer(world)
    await logs(await testPaidWorkspace(world, { billingAccountId }), 1)
  }
  world.clock.advance(day)
  const closed = await Promise.all([closeDueDays(world.ctx()), closeDueDays(world.ctx()), closeDueDays(world.ctx())])
  expect(closed.flat().reduce((sum, { issued }) => sum + issued, 0)).toBe(6)
  expect(await bills()).toHaveLength(6)
  expect(await checkLedger(world.ctx())).toMatchObject({ right: true, transactions: 6 })
})

test('the cloud owes what its workspaces used and is reported it, and the payer’s cash stays', async () => {
  const instanceId = await testInstance(world)
  const workspaceId = await testPaidWorkspace(world, { billingAccountId: payer, instanceId })
  await topUp('10.00')
  await logs(workspaceId, 4)
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  expect(await balances()).toMatchObject({
    cash: '10.00',
    debt: '0.00',
    cloudReceivable: [{ instanceId, amount: '6.00' }],
  })
  expect(await cloudAmountsSince(world.ctx(), new Date(0))).toMatchObject([
    { instanceId, amount: '6.00', day: '2026-03-10', currency: 'CNY' },
  ])
  await world.runJobs()
  const records = await world.services.db.selectFrom('usage_records').select(['instance_id', 'measured']).execute()
  expect(records).toEqual([{ instance_id: instanceId, measured: '6' }])
})

test('money that comes in while the day is being closed is neither lost nor counted twice', async () => {
  const many = await insertPayers(
    world,
    Array.from({ length: 40 }, () => null),
  )
  const usage = { meter: 'logs', retentionDays: 14, quantity: '4000000' } as const
  await someUsage(
    world.ctx(),
    many.map(({ workspaceId }) => ({ workspaceId, ...usage })),
  )
  world.clock.advance(day)
  const credit = (billingAccountId: BillingAccountId) =>
    creditAccount(world.ctx(), { billingAccountId, amount: '7', note: '', requestKey: crypto.randomUUID() })
  await Promise.all([closeDueDays(world.ctx()), ...many.map(({ id }) => credit(id)), closeDueDays(world.ctx())])
  for (const { id } of many) {
    expect(await readBalances(world.ctx(), id)).toMatchObject({ cash: '1.00', debt: '0.00' })
  }
  expect(await checkLedger(world.ctx())).toMatchObject({ right: true })
})

test('what is counted for annual packages only is not billed by the day', async () => {
  const workspaceId = await testPaidWorkspace(world, { billingAccountId: payer })
  await someUsage(world.ctx(), [{ workspaceId, meter: 'collector_hosts', quantity: '1', item: 'host-1' }])
  world.clock.advance(day)
  expect(await closeDueDays(world.ctx())).toMatchObject([{ issued: 0, parked: 0 }])
  expect(await bills()).toEqual([])
})

test('usage that comes late is an adjustment on the next open day, at the prices of its own day', async () => {
  const workspaceId = await testPaidWorkspace(world, { billingAccountId: payer })
  const yesterday = world.clock.now()
  await logs(workspaceId, 2)
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  await logs(workspaceId, 1, yesterday)
  await logs(workspaceId, 4)
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  expect(await lines()).toMatchObject([
    { day: '2026-03-10', kind: 'usage', amount: '3.00' },
    { day: '2026-03-11', usage_day: '2026-03-11', kind: 'usage', amount: '6.00' },
    { day: '2026-03-11', usage_day: '2026-03-10', kind: 'adjustment', amount: '1.50' },
  ])
  expect(await balances()).toMatchObject({ debt: '10.50' })
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  expect(await bills()).toHaveLength(2)
})

test('usage taken back is refunded to what paid it, last payment first; a voucher never becomes cash', async () => {
  const workspaceId = await testPaidWorkspace(world, { billingAccountId: payer })
  await grantVoucher(world.ctx(), {
    billingAccountId: payer,
    kind: 'ordinary_voucher',
    amount: '2',
    expiresAt: new Date(world.clock.now().getTime() + 90 * day),
    note: '',
    requestKey: crypto.randomUUID(),
  })
  await topUp('2.50')
  const of = { workspaceId, meter: 'logs', retentionDays: 14 } as const
  await someUsage(world.ctx(), [
    { ...of, quantity: '1000000', id: 'stays' },
    { ...of, quantity: '3000000', id: 'goes' },
  ])
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  expect(await balances()).toMatchObject({ cash: '0.00', debt: '1.50', ordinaryVouchers: '0.00' })
  await voidUsage(world.ctx(), [{ workspaceId, id: 'goes' }])
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  expect(await lines()).toMatchObject([{ amount: '6.00' }, { usage_day: '2026-03-10', amount: '-4.50' }])
  expect(await balances()).toMatchObject({ cash: '2.50', debt: '0.00', ordinaryVouchers: '0.50' })
  expect(await checkLedger(world.ctx())).toMatchObject({ right: true })
})

test('computing closed days again gives the same bytes, also after late usage and a change of who pays', async () => {
  const workspaceId = await testPaidWorkspace(world, { billingAccountId: payer })
  const yesterday = world.clock.now()
  await logs(workspaceId, 2)
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  await logs(workspaceId, 1, yesterday)
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  await logs(workspaceId, 5, yesterday)
  const instance = await readInstance(world.ctx(), await testInstance(world))
  await inTransaction(world.ctx(), (tx) => setSettlement(tx, { workspaceId, billingAccountId: payer, instance }))
  for (const of of ['2026-03-10', '2026-03-11']) {
    expect(await computeDayAgain(world.ctx(), { site: 'cn1', day: of })).toEqual({ bills: 1, different: [] })
  }
})

test('usage of a workspace nobody pays is not billed, nor later, when it has a payer', async () => {
  const workspaceId = await testPaidWorkspace(world, { billingAccountId: payer })
  const { db } = world.services
  const later = new Date(world.clock.now().getTime() + day)
  await db.updateTable('bindings').set({ bound_at: later }).where('workspace_id', '=', workspaceId).execute()
  await testPaidWorkspace(world, { billingAccountId: payer })
  const free = world.clock.now()
  await logs(workspaceId, 3)
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  await logs(workspaceId, 3, free)
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  expect(await bills()).toEqual([])
  expect(await balances()).toMatchObject({ debt: '0.00' })
})
