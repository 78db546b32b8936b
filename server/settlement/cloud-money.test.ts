import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { BillingAccountId } from '../../contract/ids.ts'
import { dailyProductCode } from '../../test/catalogue.ts'
import { activatedBuyer } from '../../test/cast.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import { createApp } from '../app.ts'
import { readCloudAccount } from '../accounts/read-cloud-account.ts'
import { closeDueDays } from '../bills/close-due-days.ts'
import { readBalances } from '../bills/read-balances.ts'
import { inTransaction } from '../context.ts'
import { connectorOf } from '../marketplaces/connector-of.ts'
import type { UsageToPush, UsageVerdict } from '../marketplaces/connector.ts'
import { findInstance } from '../marketplaces/read-instance.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { decideUncollected } from './decide-uncollected.ts'
import { gatherBills } from './gather-bills.ts'
import type { ConnectorFor } from './metered.ts'
import { resolveUnknown } from './resolve-unknown.ts'
import { runSettlement } from './run-settlement.ts'

let world: TestServices
let app: FastifyInstance

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  await seedPriceBooks(world.ctx())
})
afterAll(async () => {
  await app.close()
  await world.close()
})

/** Noon of the next day in Shanghai. */
beforeEach(() => {
  world.clock.advance(24 * 3_600_000)
})

/** A buyer whose daily product is reported by amount, with one day of usage billed: 12.00 CNY for ten million logs at 1.20. */
async function billedDay() {
  const buyer = await activatedBuyer(world, app, { product: dailyProductCode })
  const found = await findInstance(world.ctx(), { marketplace: 'alibaba', instanceRef: buyer.bought.instanceRef })
  const instance = found!
  const account = await readCloudAccount(world.ctx(), instance.cloud_account_id)
  const usage = { workspaceId: buyer.workspaceId, meter: 'logs' as const, quantity: '10000000', retentionDays: 7 }
  await someUsage(world.ctx(), [usage])
  const midnight = Math.ceil((world.clock.now().getTime() + 8 * 3_600_000) / 86_400_000) * 86_400_000 - 8 * 3_600_000
  world.clock.advance(midnight - world.clock.now().getTime() + 60_000)
  await closeDueDays(world.ctx())
  await world.runJobs()
  return { instance, owner: account!.billing_account_id!, workspaceId: buyer.workspaceId }
}

const owedByCloud = async (owner: BillingAccountId) =>
  (await readBalances(world.ctx(), owner)).cloudReceivable.map((each) => each.amount)

const answering =
  (verdict: UsageVerdict, pushed: UsageToPush[] = []): ConnectorFor =>
  (config, marketplace) => {
    const real = connectorOf(config, marketplace)
    return (
      real && {
        ...real,
        async pushUsage(records) {
          pushed.push(...records)
          return records.map(() => verdict)
        },
      }
    )
  }

async function push(verdict: UsageVerdict): Promise<UsageToPush[]> {
  const pushed: UsageToPush[] = []
  world.clock.advance(46 * 60_000)
  await runSettlement(world.ctx(), answering(verdict, pushed))
  await world.runJobs()
  return pushed
}

async function recordOf(instanceId: string) {
  return world.services.db
    .selectFrom('usage_records')
    .selectAll()
    .where('instance_id', '=', instanceId as never)
    .executeTakeFirstOrThrow()
}

test('a bill’s remainder is reported in cents for its day, and what the marketplace takes the cloud owes us no more', async () => {
  const { instance, owner } = await billedDay()
  const [owed] = await owedByCloud(owner)
  expect(Number(owed)).toBeGreaterThan(0)
  // Told by the event already; looking again finds nothing new.
  await gatherBills(world.ctx())
  const pushed = await push({ kind: 'accepted', receipt: 'r' })
  expect(pushed).toMatchObject([
    {
      instanceRef: instance.instance_ref,
      quantities: [
        { dimension: 'Unit', quantity: String(Math.round(Number(owed) * 100)), item: `${dailyProductCode}-Unit-1` },
      ],
    },
  ])
  expect(pushed[0]!.until.getTime() - pushed[0]!.from.getTime()).toBe(86_400_000)
  expect(await recordOf(instance.id)).toMatchObject({ state: 'ACCEPTED', currency: 'CNY' })
  expect(await owedByCloud(owner)).toEqual(['0.00'])
})

test('unknown, the cloud still owes it; found to be counted, it does not', async () => {
  const { instance, owner } = await billedDay()
  const before = await owedByCloud(owner)
  await push({ kind: 'unknown', code: 'UnknownError' })
  expect(await owedByCloud(owner)).toEqual(before)
  const { id } = await recordOf(instance.id)
  for (const _again of [1, 2]) {
    await inTransaction(world.ctx(), (tx) =>
      resolveUnknown(tx, { recordId: id, resolution: 'accepted', because: 'in the bill' }),
    )
  }
  await world.runJobs()
  expect(await owedByCloud(owner)).toEqual(['0.00'])
})

test.each([
  ['waived', '0.00'],
  ['to_debt', 'all of it'],
] as const)('refused for good, an operator decides once: %s', async (choice, debt) => {
  const { instance, owner } = await billedDay()
  const [owed] = await owedByCloud(owner)
  await push({ kind: 'rejected', code: 'Invalid.Parameter.Instance', message: 'no' })
  const { id } = await recordOf(instance.id)
  const decide = (wanted: 'waived' | 'to_debt') =>
    inTransaction(world.ctx(), (tx) => decideUncollected(tx, { recordId: id, choice: wanted }))
  await decide(choice)
  await decide(choice)
  await expect(decide(choice === 'waived' ? 'to_debt' : 'waived')).rejects.toMatchObject({
    code: 'push_not_uncollected',
  })
  const balances = await readBalances(world.ctx(), owner)
  expect(balances.cloudReceivable.map((each) => each.amount)).toEqual(['0.00'])
  expect(balances.debt).toBe(debt === '0.00' ? '0.00' : owed)
})

test('nothing is decided about a report that was taken', async () => {
  const { instance } = await billedDay()
  await push({ kind: 'accepted', receipt: 'r' })
  const { id } = await recordOf(instance.id)
  await expect(
    inTransaction(world.ctx(), (tx) => decideUncollected(tx, { recordId: id, choice: 'waived' })),
  ).rejects.toMatchObject({ code: 'push_not_uncollected' })
})
