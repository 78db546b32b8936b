import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { dailyProductCode, productCode } from '../../test/catalogue.ts'
import { sandboxWorld } from '../../test/sandbox-world.ts'
import type { SandboxWorld } from '../../test/sandbox-world.ts'
import { inTransaction } from '../context.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { contribute } from './contribute.ts'
import { importStatement } from './import-statement.ts'
import { meteredInstance } from './metered.ts'
import { reconcileDue } from './reconcile-due.ts'
import { runSettlement } from './run-settlement.ts'

let market: SandboxWorld

beforeAll(async () => {
  market = await sandboxWorld()
})
afterAll(async () => {
  await market.close()
})
/** A day of its own for each story. */
beforeEach(async () => {
  await market.passUntil('12:00')
})

const now = () => market.world.services.clock.now()
const run = () => runSettlement(market.world.ctx())

async function bill(instance: InstanceRow, amount: string) {
  const metered = meteredInstance(market.world.ctx(), instance)!
  const [dimension] = metered.dimensions
  await inTransaction(market.world.ctx(), (tx) =>
    contribute(tx, {
      instance,
      metered,
      dimension: dimension!,
      source: `bill/${now().toISOString()}`,
      total: amount,
      at: now(),
    }),
  )
}

/** A day with a bill that is pushed at its end; then the morning after. */
async function pushedDay(amount: string, fault?: string): Promise<InstanceRow> {
  const instance = await market.buy(dailyProductCode)
  await bill(instance, amount)
  await market.passUntil('00:46')
  if (fault) await market.press('faults', { on: 'openapi', kind: fault, action: 'PushMeteringData' })
  await run()
  return instance
}

async function morningAfter(): Promise<void> {
  await market.passUntil('02:30')
  await run()
  await reconcileDue(market.world.ctx())
}

const differencesOf = (instance: InstanceRow) =>
  market.world.services.db
    .selectFrom('settlement_differences')
    .select(['kind', 'ours', 'theirs', 'gone_at'])
    .where('instance_ref', '=', instance.instance_ref)
    .orderBy('kind')
    .execute()
const stateOf = async (instance: InstanceRow) =>
  (
    await market.world.services.db
      .selectFrom('usage_records')
      .select('state')
      .where('instance_id', '=', instance.id)
      .execute()
  ).map((row) => row.state)
const lastRun = () =>
  market.world.services.db
    .selectFrom('reconciliations')
    .selectAll()
    .where('product_code', '=', dailyProductCode)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()

test('a day that went well: pushed, accepted and billed are the same, and there is nothing to name', async () => {
  const instance = await pushedDay('13.40')
  await morningAfter()
  expect(await lastRun()).toMatchObject({
    stated: true,
    pushed: '1340',
    accepted: '1340',
    billed: '1340',
    differences: 0,
  })
  expect(await differencesOf(instance)).toEqual([])
  expect(await reconcileDue(market.world.ctx())).toBe(0)
})

test('a day without any usage is looked at too', async () => {
  await market.passUntil('02:30')
  await market.passUntil('02:30')
  await reconcileDue(market.world.ctx())
  expect(await lastRun()).toMatchObject({ stated: true, pushed: '0', accepted: '0', billed: '0', differences: 0 })
})

test('what was counted although no answer came is found in the statement and accepted, the same night', async () => {
  const instance = await pushedDay('5.00', 'commit-then-timeout')
  expect(await stateOf(instance)).toEqual(['UNKNOWN'])
  await reconcileDue(market.world.ctx())
  expect(await stateOf(instance)).toEqual(['ACCEPTED'])
  await morningAfter()
  expect(await differencesOf(instance)).toEqual([])
})

test('what was not counted stays unknown until nothing can be counted any more, then it is refused and named', async () => {
  const instance = await pushedDay('5.00', 'unknown-error')
  await reconcileDue(market.world.ctx())
  expect(await stateOf(instance)).toEqual(['UNKNOWN'])
  await morningAfter()
  expect(await stateOf(instance)).toEqual(['REJECTED'])
  expect(await differencesOf(instance)).toMatchObject([
    { kind: 'rejected', ours: '500', theirs: '0', gone_at: null },
    { kind: 'unknown', ours: '500', theirs: '0', gone_at: expect.any(Date) },
  ])
  expect(await lastRun()).toMatchObject({ differences: 1 })
})

test('what somebody else pushed for our instance is named, once, however often it is looked at', async () => {
  const instance = await pushedDay('5.00')
  const metered = meteredInstance(market.world.ctx(), instance)!
  await market.pass(61_000)
  const day = metered.connector.meterPeriod(new Date(now().getTime() - 3_600_000), 'daily')
  const [dimension] = metered.dimensions
  await metered.connector.pushUsage!([
    {
      instanceRef: instance.instance_ref,
      ...day,
      quantities: [{ dimension: dimension!.dimension, quantity: '7', item: dimension!.item }],
    },
  ])
  await morningAfter()
  await market.pass(3_600_000)
  await reconcileDue(market.world.ctx())
  expect(await differencesOf(instance)).toMatchObject([
    { kind: 'counted_more', ours: '500', theirs: '507', gone_at: null },
  ])
  const told = await market.world.services.db
    .selectFrom('events')
    .select('detail')
    .where('kind', '=', 'settlement.difference_found')
    .execute()
  expect(told.filter((event) => event.detail['instanceRef'] === instance.instance_ref)).toHaveLength(1)
})

test('without a call for it the statement comes as a file, and the day is reconciled again', async () => {
  const url = market.alibaba.statementUrl
  market.alibaba.statementUrl = null
  const instance = await pushedDay('5.00', 'commit-then-timeout')
  const day = meteredInstance(market.world.ctx(), instance)!.connector.dayOf(new Date(now().getTime() - 3_600_000))
  await morningAfter()
  expect(await lastRun()).toMatchObject({ stated: false, billed: null, differences: 1 })
  const csv = `product_code,instance_id,dimension,item,day,accepted,billed,amount,currency
${dailyProductCode},${instance.instance_ref},Unit,${dailyProductCode}-Unit-1,${day},500,500,5.00,CNY
`
  for (const _again of [1, 2]) {
    expect(await importStatement(market.world.ctx(), { marketplace: 'alibaba', csv })).toEqual({ lines: 1, days: 1 })
  }
  expect(await stateOf(instance)).toEqual(['ACCEPTED'])
  expect(await lastRun()).toMatchObject({ stated: true, accepted: '500', billed: '500', differences: 0 })
  await expect(
    importStatement(market.world.ctx(), { marketplace: 'alibaba', csv: csv.replace('500,500', '5e2,500') }),
  ).rejects.toMatchObject({ code: 'file_unreadable', details: { line: 2 } })
  market.alibaba.statementUrl = url
})

test('hourly usage that came too late is counted and not billed, and named so', async () => {
  const instance = await market.buy()
  const metered = meteredInstance(market.world.ctx(), instance)!
  const used = (total: string) =>
    inTransaction(market.world.ctx(), (tx) =>
      contribute(tx, { instance, metered, dimension: metered.dimensions[0]!, source: 'usage/one', total, at: now() }),
    )
  await used('5000')
  await market.pass(71 * 60_000)
  await market.press('faults', { on: 'openapi', kind: 'late', action: 'PushMeteringData' })
  await run()
  expect(await stateOf(instance)).toEqual(['ACCEPTED'])
  await morningAfter()
  expect(await differencesOf(instance)).toMatchObject([{ kind: 'not_billed', ours: '5', theirs: '0' }])
  expect(metered.product.productCode).toBe(productCode)
})
