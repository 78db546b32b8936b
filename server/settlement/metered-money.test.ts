import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BillingAccountId, Id, WorkspaceId } from '../../contract/ids.ts'
import { productCode } from '../../test/catalogue.ts'
import { activatedBuyer } from '../../test/cast.ts'
import { sandboxWorld } from '../../test/sandbox-world.ts'
import type { SandboxWorld } from '../../test/sandbox-world.ts'
import { someUsage } from '../../test/usage.ts'
import { voidUsage } from '../../test/void-usage.ts'
import { readCloudAccount } from '../accounts/read-cloud-account.ts'
import { checkLedger } from '../bills/check-ledger.ts'
import { closeDueDays } from '../bills/close-due-days.ts'
import { readBalances } from '../bills/read-balances.ts'
import { inTransaction } from '../context.ts'
import { findInstance } from '../marketplaces/read-instance.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { decideUncollected } from './decide-uncollected.ts'
import { gatherBills } from './gather-bills.ts'
import { gatherUsage } from './gather-usage.ts'
import { selectBillsToSettle } from './metered-bill-queries.ts'
import { readPush } from './read-push.ts'
import { reconcileDue } from './reconcile-due.ts'
import { runSettlement } from './run-settlement.ts'
import { settleBill, settleBills } from './settle-bills.ts'

let market: SandboxWorld

beforeAll(async () => {
  market = await sandboxWorld()
  await seedPriceBooks(market.world.ctx())
})
afterAll(async () => {
  await market.close()
})

const minute = 60_000
const ctx = () => market.world.ctx()
const run = () => runSettlement(ctx())

interface Customer {
  workspaceId: WorkspaceId
  instance: InstanceRow
  owner: BillingAccountId
}

/** A customer whose product is reported by meter, at ten to ten in the evening. */
async function customer(): Promise<Customer> {
  await market.passUntil('21:50')
  const { workspaceId, bought } = await activatedBuyer(market.world, market.app, { market: market.market })
  const instance = (await findInstance(ctx(), { marketplace: 'alibaba', instanceRef: bought.instanceRef }))!
  const account = await readCloudAccount(ctx(), instance.cloud_account_id)
  return { workspaceId, instance, owner: account!.billing_account_id! }
}

type Used = Partial<Record<'logs' | 'traces' | 'sms', string>>

async function use({ workspaceId }: Customer, used: Used, at?: Date) {
  const list = Object.entries(used).map(([meter, quantity]) => ({
    workspaceId,
    meter: meter as keyof Used,
    quantity,
    ...(meter !== 'sms' && { retentionDays: 7 }),
    ...(at && { at }),
  }))
  await someUsage(ctx(), list)
}

/** Four million logs (4.80) and traces in the hour from ten, six million logs (7.20) in the last hour; billed just after midnight. */
async function billedEvening(who: Customer, first: Used = { logs: '4000000' }): Promise<void> {
  await market.passUntil('22:10')
  await use(who, first)
  await market.passUntil('23:11')
  // More than once: what is refused among others is sent again alone.
  for (const _turn of [1, 2, 3]) {
    await run()
    await market.pass(2 * minute)
  }
  await use(who, { logs: '6000000' })
  await market.passUntil('00:02')
  await closeDueDays(ctx())
  await market.world.runJobs()
}

/** The last hour is reported. */
async function reported(): Promise<void> {
  await market.passUntil('00:11')
  await run()
}

async function owedByCloud({ owner }: Customer): Promise<string[]> {
  return (await readBalances(ctx(), owner)).cloudReceivable.map((each) => each.amount)
}

/** What our own accounts hold of a customer: above zero what the marketplace owes us, and what was waived. */
async function ours({ owner }: Customer): Promise<Record<string, string>> {
  const rows = await market.world.services.db
    .selectFrom('ledger_accounts')
    .select(['kind', 'balance'])
    .where('owner', '=', owner)
    .where('kind', 'in', ['marketplace_clearing', 'waived'])
    .execute()
  return Object.fromEntries(rows.map((row) => [row.kind, (-Number(row.balance)).toFixed(2)]))
}

const references = async ({ owner }: Customer) =>
  (
    await market.world.services.db
      .selectFrom('ledger_transactions')
      .select('reference')
      .where('owner', '=', owner)
      .where('kind', 'like', 'cloud_%' as never)
      .orderBy('number')
      .execute()
  ).map((row) => row.reference)

const recordsOf = ({ instance }: Customer) =>
  market.world.services.db
    .selectFrom('usage_records')
    .selectAll()
    .where('instance_id', '=', instance.id)
    .orderBy('period_from')
    .orderBy('dimension', 'desc')
    .execute()

const decide = (recordId: Id<'usageRecord'>, choice: 'waived' | 'to_debt') =>
  inTransaction(ctx(), (tx) => decideUncollected(tx, { recordId, choice }))

/** Usage of a meter is reported as something the product does not have there, until `andThen` is done. */
async function misnamed(meter: string, andThen: () => Promise<void>): Promise<void> {
  const { metering } = market.world.services.config.catalogue.products.find((each) => each.productCode === productCode)!
  if (metering?.by !== 'meter') throw new Error('The test product is reported by meter.')
  const dimension = metering.dimensions.find((each) => each.meter === meter)!
  const right = dimension.item
  dimension.item = 'no-such-item'
  await andThen()
  dimension.item = right
}

test('a day reported by meter is billed, accepted hour by hour, and then the cloud owes us nothing and the marketplace all of it', async () => {
  const who = await customer()
  await billedEvening(who, { logs: '4000000', traces: '1000000' })
  const [owed] = await owedByCloud(who)
  expect(Number(owed)).toBeGreaterThan(12)
  // Its last hour is not reported yet.
  expect(await settleBills(ctx())).toBe(0)
  expect(await owedByCloud(who)).toEqual([owed])
  await reported()
  expect((await recordsOf(who)).map((row) => row.state)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED'])
  expect(await Promise.all([settleBills(ctx()), settleBills(ctx()), settleBills(ctx())])).toContain(1)
  await gatherBills(ctx())
  expect(await settleBills(ctx())).toBe(0)
  expect(await owedByCloud(who)).toEqual(['0.00'])
  expect(await ours(who)).toEqual({ marketplace_clearing: owed })
  const [bill] = await market.world.services.db
    .selectFrom('daily_bills')
    .select('id')
    .where('billing_account_id', '=', who.owner)
    .execute()
  expect(await references(who)).toEqual([`cloud_settlement/${bill!.id}/${who.instance.id}`])

  // Each report says what of the bill it stands for.
  const pushes = await Promise.all((await recordsOf(who)).map((row) => readPush(ctx(), row.id)))
  const worth = pushes.flatMap((push) => push.bills.map((each) => each.amount))
  expect(worth).toEqual(['4.80', expect.any(String), '7.20'])
  expect(worth.reduce((sum, each) => sum + Number(each), 0).toFixed(2)).toBe(owed)

  // The marketplace's statement agrees as it did before there was money in it.
  await market.passUntil('03:00')
  await reconcileDue(ctx())
  const days = await market.world.services.db.selectFrom('reconciliations').selectAll().execute()
  expect(days.filter((day) => day.differences > 0 || !day.stated)).toEqual([])
})

test.each([
  ['waived', 'after'],
  ['to_debt', 'after'],
  ['to_debt', 'before'],
  ['waived', 'while'],
] as const)(
  'a dimension that is refused is not collected: its share is %s when an operator says so, %s the bill is settled',
  async (choice, when) => {
    const who = await customer()
    await misnamed('traces', () => billedEvening(who, { logs: '4000000', traces: '1000000' }))
    await reported()
    const rows = await recordsOf(who)
    const refused = rows.find((row) => row.meter === 'traces')!
    expect(rows.filter((row) => row.meter === 'logs').map((row) => row.state)).toEqual(['ACCEPTED', 'ACCEPTED'])
    expect(refused.state).toBe('REJECTED')
    const [owed] = await owedByCloud(who)
    const traces = (Number(owed) - 12).toFixed(2)
    if (when === 'before') await decide(refused.id, choice)
    const [settled] = await Promise.all([settleBills(ctx()), when === 'while' ? decide(refused.id, choice) : null])
    expect(settled).toBe(1)
    if (when === 'after') {
      expect(await owedByCloud(who)).toEqual([traces])
      expect(await readPush(ctx(), refused.id)).toMatchObject({ bills: [{ amount: traces, uncollected: traces }] })
      await decide(refused.id, choice)
      await decide(refused.id, choice)
    }
    expect(await owedByCloud(who)).toEqual(['0.00'])
    expect(await ours(who)).toEqual({
      marketplace_clearing: '12.00',
      ...(choice === 'waived' && { waived: traces }),
    })
    expect((await readBalances(ctx(), who.owner)).debt).toBe(choice === 'to_debt' ? traces : '0.00')
  },
)

test('while nobody knows whether an hour was counted its bill waits; the statement tells, and it is settled', async () => {
  const who = await customer()
  await billedEvening(who)
  await market.press('faults', { on: 'openapi', kind: 'commit-then-timeout', action: 'PushMeteringData' })
  await reported()
  expect((await recordsOf(who)).map((row) => row.state)).toEqual(['ACCEPTED', 'UNKNOWN'])
  expect(await settleBills(ctx())).toBe(0)
  expect(await owedByCloud(who)).toEqual(['12.00'])
  await reconcileDue(ctx())
  expect(await settleBills(ctx())).toBe(1)
  expect(await owedByCloud(who)).toEqual(['0.00'])
  expect(await ours(who)).toEqual({ marketplace_clearing: '12.00' })
})

test('what the product is not reported by never reaches the marketplace: it is waived, in plain view', async () => {
  const who = await customer()
  await billedEvening(who, { logs: '4000000', sms: '30' })
  const [owed] = await owedByCloud(who)
  const sms = (Number(owed) - 12).toFixed(2)
  expect(Number(sms)).toBeGreaterThan(0)
  await reported()
  await settleBills(ctx())
  expect(await owedByCloud(who)).toEqual(['0.00'])
  expect(await ours(who)).toEqual({ marketplace_clearing: '12.00', waived: sms })
})

test('the hours before the instance paid the workspace are not reported to it, so they are waived', async () => {
  const who = await customer()
  // As if the workspace had been paid otherwise until three minutes to eleven.
  await market.passUntil('22:01')
  await use(who, { logs: '4000000' })
  await market.world.services.db
    .updateTable('settlement_changes')
    .set({ changed_at: new Date(market.world.clock.now().getTime() + 56 * minute), first_binding: false })
    .where('workspace_id', '=', who.workspaceId)
    .execute()
  await billedEvening(who, {})
  await reported()
  await settleBills(ctx())
  expect(await owedByCloud(who)).toEqual(['0.00'])
  expect(await ours(who)).toEqual({ marketplace_clearing: '7.20', waived: '4.80' })
})

test('late usage is charged by the next day’s bill, and lost only if the report that took it came too late', async () => {
  const who = await customer()
  await billedEvening(who)
  await reported()
  await settleBills(ctx())
  // Of the last hour of yesterday, known at nine in the morning: the hour that runs then takes it, and is never delivered.
  const yesterday = new Date(market.world.clock.now().getTime() - 60 * minute)
  await market.passUntil('09:05')
  await use(who, { logs: '5000000' }, yesterday)
  await gatherUsage(ctx(), { hoursBack: 72 })
  const { endpoint } = market.alibaba
  market.alibaba.endpoint = '127.0.0.1:1'
  await market.passUntil('10:59')
  await run()
  market.alibaba.endpoint = endpoint
  await billedEvening(who)
  expect((await recordsOf(who)).map((row) => row.state)).toEqual([
    'ACCEPTED',
    'ACCEPTED',
    'EXPIRED',
    'ACCEPTED',
    'OPEN',
  ])
  expect(await owedByCloud(who)).toEqual(['18.00'])
  await reported()
  expect(await settleBills(ctx())).toBe(1)
  expect(await owedByCloud(who)).toEqual(['6.00'])
  expect(await ours(who)).toEqual({ marketplace_clearing: '24.00' })
})

test('usage taken back is refunded by the next day’s bill, and lowers what the marketplace owes us; a credit is settled whole', async () => {
  const who = await customer()
  await market.passUntil('22:01')
  await someUsage(ctx(), [
    { ...who, meter: 'logs', quantity: '3000000', retentionDays: 7, id: `back-${who.workspaceId}` },
  ])
  await billedEvening(who, {})
  await reported()
  await settleBills(ctx())
  expect(await ours(who)).toEqual({ marketplace_clearing: '10.80' })
  await voidUsage(ctx(), [{ ...who, id: `back-${who.workspaceId}` }])
  await market.passUntil('22:10')
  await use(who, { logs: '1000000' })
  await market.passUntil('23:11')
  await run()
  await market.passUntil('00:02')
  await closeDueDays(ctx())
  await market.world.runJobs()
  // One million used, three taken back.
  expect(await owedByCloud(who)).toEqual(['-2.40'])
  await reported()
  expect(await settleBills(ctx())).toBe(1)
  expect(await owedByCloud(who)).toEqual(['0.00'])
  expect(await ours(who)).toEqual({ marketplace_clearing: '8.40' })
})

test('a bill nobody told us of is taken up in the next hour, and the ledger is right after all of it', async () => {
  const who = await customer()
  await market.passUntil('22:10')
  await use(who, { logs: '10000000' })
  await market.passUntil('23:11')
  await run()
  await market.passUntil('00:02')
  await closeDueDays(ctx())
  // The task that hears of the bill dies before it has done anything.
  await market.world.services.db.deleteFrom('graphile_worker._private_jobs' as never).execute()
  expect(await settleBills(ctx())).toBe(0)
  for (const _again of [1, 2]) await gatherBills(ctx())
  // Killed before its commit, nothing of it stands.
  const [waiting] = await selectBillsToSettle(market.world.services.db, 10)
  const killed = inTransaction(ctx(), async (tx) => {
    await settleBill(tx, waiting!)
    throw new Error('killed')
  })
  await expect(killed).rejects.toThrow('killed')
  expect(await ours(who)).toEqual({})
  expect(await settleBills(ctx())).toBe(1)
  expect(await ours(who)).toEqual({ marketplace_clearing: '12.00' })
  expect(await checkLedger(ctx())).toMatchObject({ right: true, faults: [] })
})
