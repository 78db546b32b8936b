import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dailyProductCode, productCode } from '../../test/catalogue.ts'
import { sandboxWorld } from '../../test/sandbox-world.ts'
import type { SandboxWorld } from '../../test/sandbox-world.ts'
import { inTransaction } from '../context.ts'
import { connectorOf } from '../marketplaces/connector-of.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { readInstance } from '../marketplaces/read-instance.ts'
import { contribute } from './contribute.ts'
import { finalPush } from './final-push.ts'
import { meteredInstance } from './metered.ts'
import type { ConnectorFor } from './metered.ts'
import { pushArrows } from './push-states.ts'
import { resolveUnknown } from './resolve-unknown.ts'
import { runSettlement } from './run-settlement.ts'

let market: SandboxWorld

beforeAll(async () => {
  market = await sandboxWorld()
})
afterAll(async () => {
  await market.close()
})

const minute = 60_000
const now = () => market.world.services.clock.now()
const run = () => runSettlement(market.world.ctx())

/** Usage of one source becomes known, for the period that holds `at`. */
async function used(instance: InstanceRow, total: string, over: { source?: string; at?: Date; item?: string } = {}) {
  const metered = meteredInstance(market.world.ctx(), instance)
  if (!metered) throw new Error('not metered')
  const dimension = metered.dimensions.find((each) => !over.item || each.item === over.item)!
  const { source = 'usage/one', at = now() } = over
  await inTransaction(market.world.ctx(), (tx) => contribute(tx, { instance, metered, dimension, source, total, at }))
}

async function records(instance: InstanceRow) {
  return market.world.services.db
    .selectFrom('usage_records')
    .selectAll()
    .where('instance_id', '=', instance.id)
    .orderBy('period_from')
    .orderBy('dimension', 'desc')
    .execute()
}
const states = async (instance: InstanceRow) => (await records(instance)).map((row) => row.state)

/** What the marketplace counted of an instance. */
async function counted(instance: InstanceRow): Promise<string[]> {
  const { records: rows } = await market.look<{ records: { instanceId: string; quantity: string }[] }>(
    `statement/records?instanceId=${instance.instance_ref}`,
  )
  return rows.map((row) => row.quantity)
}

describe('an hourly product', () => {
  beforeEach(() => market.passUntil('10:00'))

  test('usage of an hour is sealed once the hour is over, sent, accepted, and its fraction carried into the next', async () => {
    const instance = await market.buy()
    await used(instance, '2400')
    await used(instance, '2600')
    expect(await run()).toMatchObject({ sealed: 0, calls: 0 })
    await market.pass(71 * minute)
    expect(await run()).toMatchObject({ sealed: 1, calls: 1 })
    expect(await records(instance)).toMatchObject([
      { state: 'ACCEPTED', measured: '2600', units: '2', carried_out: '600', attempts: 1, meter: 'logs' },
    ])
    await used(instance, '500', { source: 'usage/two' })
    await market.pass(60 * minute)
    await run()
    expect((await records(instance))[1]).toMatchObject({
      state: 'ACCEPTED',
      carried_in: '600',
      units: '1',
      carried_out: '100',
    })
    expect(await counted(instance)).toEqual(['2', '1'])
  })

  test('less than one unit is carried, not sent', async () => {
    const instance = await market.buy()
    await used(instance, '999')
    await market.pass(71 * minute)
    await run()
    expect(await records(instance)).toMatchObject([{ state: 'CARRIED', units: '0', carried_out: '999' }])
    expect(await counted(instance)).toEqual([])
  })

  test('late usage of a sealed hour goes with the running hour; voided usage lowers it', async () => {
    const instance = await market.buy()
    await used(instance, '5000')
    const hour = now()
    await market.pass(71 * minute)
    await run()
    await used(instance, '9000', { at: hour })
    await used(instance, '8000', { at: hour })
    await market.pass(60 * minute)
    await run()
    expect(await counted(instance)).toEqual(['5', '3'])
    await used(instance, '1000', { at: hour })
    await used(instance, '10000', { source: 'usage/two' })
    await market.pass(60 * minute)
    await run()
    expect(await counted(instance)).toEqual(['5', '3', '3'])
  })

  test('several dimensions of an instance go in one call, several instances too', async () => {
    const [one, other] = [await market.buy(), await market.buy()]
    await used(one, '5000')
    await used(one, '7', { item: `${productCode}-Frequency-1` })
    await used(other, '3000')
    await market.pass(71 * minute)
    expect(await run()).toMatchObject({ sealed: 3, calls: 1 })
    expect([await counted(one), await counted(other)]).toEqual([expect.arrayContaining(['5', '7']), ['3']])
  })

  test('a bad record among good ones is found by sending each alone', async () => {
    const [good, bad] = [await market.buy(), await market.buy()]
    await market.world.services.db
      .updateTable('marketplace_instances')
      .set({ instance_ref: `9${bad.instance_ref}` })
      .where('id', '=', bad.id)
      .execute()
    await used(good, '5000')
    await used(bad, '5000')
    await market.pass(71 * minute)
    await run()
    expect([await states(good), await states(bad)]).toEqual([['SEALED'], ['SEALED']])
    await market.pass(2 * minute)
    await run()
    expect([await states(good), await states(bad)]).toEqual([['ACCEPTED'], ['REJECTED']])
    expect((await records(bad))[0]).toMatchObject({ code: 'Invalid.Parameter.Instance' })
  })

  test('what comes after the deadline is not sent but expired, and people were told before', async () => {
    const instance = await market.buy()
    await used(instance, '5000')
    await market.pass(70 * minute)
    await market.press('faults', { on: 'openapi', kind: 'throttling', action: 'PushMeteringData' })
    await run()
    expect(await states(instance)).toEqual(['SEALED'])
    await market.pass(31 * minute)
    await market.press('faults', { on: 'openapi', kind: 'throttling', action: 'PushMeteringData' })
    expect(await run()).toMatchObject({ calls: 1, warned: 1 })
    expect(await run()).toMatchObject({ warned: 0 })
    await market.pass(18 * minute)
    expect(await run()).toMatchObject({ calls: 0, expired: 1 })
    expect(await records(instance)).toMatchObject([{ state: 'EXPIRED', code: 'Service.Flow.Control', units: '5' }])
    expect(await counted(instance)).toEqual([])
  })

  test('an instance released inside the hour has its last usage pushed at once, the rest of the hour after it', async () => {
    const instance = await market.buy()
    await used(instance, '5000')
    await market.pass(20 * minute)
    await market.press(`instances/${instance.instance_ref}/release`)
    await market.press('quiet')
    const released = await readInstance(market.world.ctx(), instance.id)
    expect(released.status).toBe('released')
    await finalPush(market.world.ctx(), instance.id)
    await finalPush(market.world.ctx(), instance.id)
    await market.pass(1_000)
    await run()
    expect(await counted(instance)).toEqual(['5'])
    expect((await records(instance))[0]!.period_until.getTime() - released.status_changed_at.getTime()).toBeLessThan(
      1_000,
    )
    await used(released, '8000')
    await market.pass(55 * minute)
    await run()
    expect(await counted(instance)).toEqual(['5', '3'])
    // Two hours later nothing is billed any more: it is not sent, and its end says why.
    await market.pass(60 * minute)
    await used(released, '9000')
    await market.pass(60 * minute)
    await run()
    expect((await records(instance)).at(-1)).toMatchObject({ state: 'EXPIRED', code: 'not_in_service', units: '1' })
    const { records: told } = await market.look<{ records: { unbilledBecause: string | null }[] }>(
      `statement/records?instanceId=${instance.instance_ref}`,
    )
    expect(told.map((row) => row.unbilledBecause)).toEqual([null, null])
  })

  test('released in the first minutes of an hour, the interval is as long as the marketplace wants, and waits until it is over', async () => {
    const instance = await market.buy()
    await used(instance, '5000')
    await market.pass(minute)
    await market.press(`instances/${instance.instance_ref}/release`)
    await market.press('quiet')
    await finalPush(market.world.ctx(), instance.id)
    await run()
    expect(await states(instance)).toEqual(['SEALED'])
    await market.pass(5 * minute)
    await run()
    expect(await counted(instance)).toEqual(['5'])
  })
})

describe('a daily product, by amount', () => {
  test('what the cloud has to pay for a day is pushed in cents before 1:59, several bills together', async () => {
    await market.passUntil('12:00')
    const instance = await market.buy(dailyProductCode)
    await market.passUntil('00:05')
    const day = new Date(now().getTime() - 3_600_000)
    await used(instance, '13.40', { source: 'bill/one', at: day })
    await used(instance, '0.07', { source: 'bill/two', at: day })
    expect(await run()).toMatchObject({ sealed: 0 })
    await market.passUntil('00:46')
    await run()
    expect(await records(instance)).toMatchObject([
      { state: 'ACCEPTED', measured: '13.47', units: '1347', currency: 'CNY' },
    ])
    const { totals } = await market.look<{ totals: { amount: string }[] }>(
      `statement?instanceId=${instance.instance_ref}`,
    )
    expect(totals).toMatchObject([{ amount: '13.47' }])
    // A bill that comes later goes with the day that runs.
    await used(instance, '1.00', { source: 'bill/three', at: day })
    await market.passUntil('00:46')
    await run()
    expect(await counted(instance)).toEqual(['1347', '100'])
  })

  test('a refund lowers the days to come and never asks for less than nothing', async () => {
    await market.passUntil('12:00')
    const instance = await market.buy(dailyProductCode)
    for (const [source, amount] of [
      ['bill/one', '-2.50'],
      ['bill/two', '1.00'],
      ['bill/three', '4.00'],
    ] as const) {
      await used(instance, amount, { source })
      await market.passUntil('00:46')
      await run()
      await market.passUntil('12:00')
    }
    expect(await states(instance)).toEqual(['CARRIED', 'CARRIED', 'ACCEPTED'])
    expect(await counted(instance)).toEqual(['250'])
  })

  test('too late for its day and not sent, it expires at 1:59', async () => {
    await market.passUntil('12:00')
    const instance = await market.buy(dailyProductCode)
    await used(instance, '5.00', { source: 'bill/one' })
    await market.passUntil('01:58')
    market.alibaba.endpoint = `127.0.0.1:1`
    await run()
    expect(await records(instance)).toMatchObject([{ state: 'SEALED', code: 'ECONNREFUSED' }])
    await market.passUntil('01:59')
    await run()
    expect(await states(instance)).toEqual(['EXPIRED'])
    market.alibaba.endpoint = new URL(market.alibaba.statementUrl!).host
  })
})

describe('what the marketplace answers', () => {
  async function sealed() {
    await market.passUntil('10:00')
    const instance = await market.buy()
    await used(instance, '5000')
    await market.pass(71 * minute)
    return instance
  }
  const fault = (kind: string) => market.press('faults', { on: 'openapi', kind, action: 'PushMeteringData' })

  test.each([
    ['commit-then-timeout', 'UNKNOWN', ['5']],
    ['commit-then-unknown-error', 'UNKNOWN', ['5']],
    ['unknown-error', 'UNKNOWN', []],
  ])('under %s nobody knows, and nothing is sent again', async (kind, state, count) => {
    const instance = await sealed()
    await fault(kind)
    await run()
    expect(await states(instance)).toEqual([state])
    await market.pass(5 * minute)
    await run()
    expect(await states(instance)).toEqual([state])
    expect(await counted(instance)).toEqual(count)
  })

  test.each([
    ['throttling', 'Service.Flow.Control', 61_000],
    ['permission-denied', 'Permission.Denied', 301_000],
  ])('under %s it waits and is sent again', async (kind, code, wait) => {
    const instance = await sealed()
    await fault(kind)
    await run()
    expect(await records(instance)).toMatchObject([{ state: 'SEALED', code }])
    expect(await run()).toMatchObject({ calls: 0 })
    await market.pass(wait)
    await run()
    expect(await states(instance)).toEqual(['ACCEPTED'])
    expect(await counted(instance)).toEqual(['5'])
  })

  test('a dimension the product does not have at the marketplace is refused for good, with its words', async () => {
    const { products } = market.world.services.config.catalogue
    const product = products.find((each) => each.productCode === productCode)!
    const { metering } = product
    if (metering?.by !== 'meter') throw new Error('The test product is reported by meter.')
    const [first] = metering.dimensions
    const right = first!.item
    first!.item = 'no-such-item'
    const instance = await sealed()
    first!.item = right
    await run()
    expect(await records(instance)).toMatchObject([
      {
        state: 'REJECTED',
        units: '5',
        code: 'Invalid.Parameter.Metering',
        message: expect.stringContaining('no-such-item'),
      },
    ])
    expect(await counted(instance)).toEqual([])
  })

  test('an unknown one that was not counted is sent again by an operator; one that was is accepted; a second answer is refused', async () => {
    const [lost, kept] = [await sealed(), await market.buy()]
    await used(kept, '3000', { at: new Date(now().getTime() - 20 * minute) })
    await market.pass(minute)
    await fault('unknown-error')
    await run()
    const settle = async (instance: InstanceRow, resolution: 'accepted' | 'send_again' | 'rejected') => {
      const [record] = await records(instance)
      return inTransaction(market.world.ctx(), (tx) =>
        resolveUnknown(tx, { recordId: record!.id, resolution, because: 'seen in the statement' }),
      )
    }
    expect(await states(lost)).toEqual(['UNKNOWN'])
    await settle(lost, 'send_again')
    await market.pass(2 * minute)
    await run()
    expect(await states(lost)).toEqual(['ACCEPTED'])
    expect(await settle(lost, 'accepted')).toBe('ACCEPTED')
    await expect(settle(lost, 'rejected')).rejects.toMatchObject({ code: 'push_not_unknown' })
  })

  test('more than 100 records are sent in several calls of at most 100', async () => {
    await market.passUntil('10:00')
    const instances: InstanceRow[] = []
    for (let index = 0; index < 103; index += 1) instances.push(await market.buy())
    for (const instance of instances) await used(instance, '1000')
    await market.pass(71 * minute)
    expect(await run()).toMatchObject({ sealed: 103, calls: 2 })
    for (const instance of instances) expect(await counted(instance)).toEqual(['1'])
  })

  /** The real way to the marketplace, with something done after it answered and before we hear it. */
  const before =
    (answer: () => Promise<void>): ConnectorFor =>
    (config, marketplace) => {
      const real = connectorOf(config, marketplace)
      if (!real?.pushUsage) return real
      const { pushUsage } = real
      return {
        ...real,
        async pushUsage(usage) {
          const verdicts = await pushUsage(usage)
          await answer()
          return verdicts
        },
      }
    }

  test('a sender that dies before it writes the answer leaves it unknown: counted once, never sent again', async () => {
    const instance = await sealed()
    const dies = before(() => Promise.reject(new Error('killed')))
    await expect(runSettlement(market.world.ctx(), dies)).rejects.toThrow('killed')
    expect(await states(instance)).toEqual(['SENDING'])
    await market.pass(2 * minute)
    expect(await run()).toMatchObject({ lost: 1, calls: 0 })
    expect(await records(instance)).toMatchObject([{ state: 'UNKNOWN', code: 'SenderDied' }])
    expect(await counted(instance)).toEqual(['5'])
  })

  test('a sender that is slow is not taken for dead, however late it is', async () => {
    const instance = await sealed()
    const slow = before(async () => {
      await market.pass(10 * minute)
      expect(await run()).toMatchObject({ lost: 0, calls: 0 })
    })
    await runSettlement(market.world.ctx(), slow)
    expect(await states(instance)).toEqual(['ACCEPTED'])
  })

  test('several senders at once send each record once', async () => {
    const instance = await sealed()
    const rounds = await Promise.all([run(), run(), run()])
    expect(rounds.reduce((calls, round) => calls + round.calls, 0)).toBe(1)
    expect(await counted(instance)).toEqual(['5'])
  })
})

describe('the database itself', () => {
  const write = (instance: InstanceRow, set: object) =>
    market.world.services.db.updateTable('usage_records').set(set).where('instance_id', '=', instance.id).execute()

  test('lets no arrow pass that the machine does not have, and all that it has', async () => {
    const { rows } = await sql<{
      source: string
    }>`select prosrc as source from pg_proc where proname = 'guard_usage_record'`.execute(market.world.services.db)
    const arrows = [...rows[0]!.source.matchAll(/\('([A-Z]+)', '([A-Z]+)'\)/g)].map(([, from, to]) => ({ from, to }))
    const byText = (list: object[]) => list.map((each) => JSON.stringify(each)).toSorted()
    expect(byText(arrows)).toEqual(byText(pushArrows()))
  })

  test('refuses to reopen, change or delete what is sealed', async () => {
    const instance = await market.buy()
    await used(instance, '5000')
    await expect(write(instance, { state: 'ACCEPTED' })).rejects.toThrow('cannot go from OPEN to ACCEPTED')
    await market.pass(131 * minute)
    await run()
    await expect(write(instance, { state: 'OPEN' })).rejects.toThrow('cannot go from')
    await expect(write(instance, { units: '6', measured: '6000' })).rejects.toThrow('is sealed')
    await expect(
      market.world.services.db.deleteFrom('usage_records').where('instance_id', '=', instance.id).execute(),
    ).rejects.toThrow('never deleted')
  })
})
