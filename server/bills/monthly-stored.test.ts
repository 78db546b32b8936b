import { afterAll, beforeEach, expect, test } from 'vitest'
import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import { testPaidWorkspace } from '../../test/paid-workspace.ts'
import { testPayer } from '../../test/payer.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { closeDueDays } from './close-due-days.ts'
import { computeDayAgain } from './compute-day-again.ts'
import { grantVoucher } from './grant-voucher.ts'
import { issueMonthlyBills } from './issue-monthly-bills.ts'
import { retryParkedBill } from './retry-parked-bill.ts'

let world: TestServices
let payer: BillingAccountId
let workspaceId: WorkspaceId
const worlds: TestServices[] = []
const day = 86_400_000

beforeEach(async () => {
  world = await testServices()
  worlds.push(world)
  await seedPriceBooks(world.ctx())
  payer = await testPayer(world)
  workspaceId = await testPaidWorkspace(world, { billingAccountId: payer })
})
afterAll(() => Promise.all(worlds.map((each) => each.close())))

/** A million log entries kept so many days. */
const logs = (retentionDays: number, to = workspaceId) =>
  someUsage(world.ctx(), [{ workspaceId: to, meter: 'logs', retentionDays, quantity: '1000000' }])

async function passUntil(instant: string) {
  world.clock.advance(new Date(instant).getTime() - world.clock.now().getTime())
  await closeDueDays(world.ctx())
}
const monthly = () => world.services.db.selectFrom('monthly_bills').selectAll().orderBy('issued_at').execute()
const payerDays = () =>
  world.services.db.selectFrom('payer_days').select(['day', 'billing_account_id', 'state', 'reasons']).execute()

test('the bill of a month appears when the 3rd of the next is over on the site, once, and is the sum of its days', async () => {
  await grantVoucher(world.ctx(), {
    billingAccountId: payer,
    kind: 'ordinary_voucher',
    amount: '2',
    expiresAt: new Date('2027-01-01'),
    note: '',
    requestKey: crypto.randomUUID(),
  })
  await logs(14)
  world.clock.advance(day)
  await logs(14)
  await passUntil('2026-04-03T15:59:59Z')
  expect(await issueMonthlyBills(world.ctx())).toBe(0)
  await passUntil('2026-04-03T16:00:00Z')
  expect(await issueMonthlyBills(world.ctx())).toBe(1)
  expect(await issueMonthlyBills(world.ctx())).toBe(0)
  expect(await monthly()).toMatchObject([
    {
      month: '2026-03',
      total: '3.00',
      bill: {
        days: [
          { day: '2026-03-10', total: '1.50' },
          { day: '2026-03-11', total: '1.50' },
        ],
        lines: [{ meter: 'logs', quantity: '2000000', amount: '3.00' }],
        paidBy: [
          { kind: 'ordinary_voucher', amount: '2.00' },
          { kind: 'debt', amount: '1.00' },
        ],
      },
    },
  ])
})

test('a day without a price is parked with its reason and holds up nobody else, until somebody decides', async () => {
  const other = await testPayer(world)
  await logs(14, await testPaidWorkspace(world, { billingAccountId: other }))
  await logs(90)
  await logs(14)
  world.clock.advance(day)
  expect(await closeDueDays(world.ctx())).toEqual([{ site: 'cn1', day: '2026-03-10', issued: 1, parked: 1 }])
  expect((await payerDays()).filter((each) => each.state === 'parked')).toMatchObject([
    {
      billing_account_id: payer,
      reasons: [{ reason: 'no_price', usage: { meter: 'logs', retentionDays: 90, reason: 'not_in_price_book' } }],
    },
  ])
  const of = { site: 'cn1', day: '2026-03-10', billingAccountId: payer }
  expect(await retryParkedBill(world.ctx(), of)).toMatchObject({ state: 'parked' })
  await passUntil('2026-04-04T00:00:00Z')
  expect(await issueMonthlyBills(world.ctx())).toBe(1)
  expect(await retryParkedBill(world.ctx(), { ...of, unpriced: 'leave_out' })).toMatchObject({ state: 'issued' })
  await expect(retryParkedBill(world.ctx(), of)).rejects.toMatchObject({ code: 'bill_not_parked' })
  expect(await issueMonthlyBills(world.ctx())).toBe(1)
  expect((await monthly()).map(({ total }) => total)).toEqual(['1.50', '1.50'])
  expect(await computeDayAgain(world.ctx(), of)).toEqual({ bills: 2, different: [] })
})

test('without any price book days are parked, not lost: with the book, trying again bills them', async () => {
  const bare = await testServices()
  worlds.push(bare)
  world = bare
  payer = await testPayer(bare)
  workspaceId = await testPaidWorkspace(bare, { billingAccountId: payer })
  await logs(14)
  bare.clock.advance(day)
  expect(await closeDueDays(bare.ctx())).toMatchObject([{ issued: 0, parked: 1 }])
  expect(await payerDays()).toMatchObject([{ reasons: [{ reason: 'no_price_book', currency: 'CNY' }] }])
  await seedPriceBooks(bare.ctx())
  const of = { site: 'cn1', day: '2026-03-10', billingAccountId: payer }
  expect(await retryParkedBill(bare.ctx(), of)).toMatchObject({ state: 'issued' })
})
