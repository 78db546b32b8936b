import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { productCode } from '../../../test/catalogue.ts'
import { testServices } from '../../../test/services.ts'
import type { TestServices } from '../../../test/services.ts'
import { sandboxKeys } from '../../config.ts'
import { alibabaDoor } from './door.ts'
import { spiToken } from './spi-token.ts'

let world: TestServices
let app: FastifyInstance
let counter = 0

beforeAll(async () => {
  world = await testServices()
  app = Fastify()
  await app.register(cookie)
  await alibabaDoor(app, world.services)
})

afterAll(async () => {
  await app.close()
  await world.close()
})

const spi = '/marketplaces/alibaba/spi'

function signed(params: Record<string, string>, key: string = sandboxKeys.alibabaSpiKey): Record<string, string> {
  return { ...params, token: spiToken(params, key) }
}

/** Tells the door something as the vendor does and returns what it answers, which is 200 and JSON whatever happens. */
async function tell(params: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await app.inject({ method: 'GET', url: `${spi}?${new URLSearchParams(params)}` })
  expect(response.statusCode).toBe(200)
  return response.json()
}

function purchase(over: Record<string, string> = {}) {
  counter += 1
  return {
    action: 'createInstance',
    aliUid: `10410310000${1000 + counter}`,
    orderBizId: String(500_000 + counter),
    orderId: String(900_000 + counter),
    productCode,
    skuId: 'yuncode0000100001',
    trial: 'false',
    ...over,
  }
}

async function instanceOf(instanceRef: string) {
  return world.services.db
    .selectFrom('marketplace_instances')
    .selectAll()
    .where('instance_ref', '=', instanceRef)
    .executeTakeFirst()
}

async function keptOf(action: string, instanceRef: string | null) {
  return world.services.db
    .selectFrom('marketplace_notifications')
    .selectAll()
    .where('action', '=', action)
    .where('instance_ref', 'is not distinct from', instanceRef)
    .orderBy('received_at')
    .execute()
}

async function eventsOf(instanceId: string) {
  const rows = await world.services.db
    .selectFrom('events')
    .innerJoin('audit_entries', 'audit_entries.event_id', 'events.id')
    .select(['events.kind', 'actor_kind', 'actor_id', 'about'])
    .orderBy('events.at')
    .execute()
  return rows.filter((row) => row.about['instanceId'] === instanceId)
}

describe('a purchase', () => {
  test('is answered with its own id and where to log in, and is there with its cloud account, event, audit row and job', async () => {
    const bought = purchase({ Count: '2', Num: '3' })
    expect(await tell(signed(bought))).toEqual({
      instanceId: bought.orderBizId,
      appInfo: { frontEndUrl: 'http://purser.test/', authUrl: 'http://purser.test/marketplaces/alibaba/login' },
      info: { 'Getting started': expect.stringContaining('Direct Login') },
    })
    const instance = await instanceOf(bought.orderBizId)
    expect(instance).toMatchObject({
      order_ref: bought.orderId,
      product_code: productCode,
      sku: bought.skuId,
      items: { Count: '2', Num: '3' },
      status: 'active',
      trial: false,
      confirmed_at: null,
    })
    const account = await world.services.db
      .selectFrom('cloud_accounts')
      .selectAll()
      .where('account_ref', '=', bought.aliUid)
      .executeTakeFirstOrThrow()
    expect(instance?.cloud_account_id).toBe(account.id)
    expect(await eventsOf(instance?.id ?? '')).toEqual([
      {
        kind: 'instance.purchased',
        actor_kind: 'marketplace',
        actor_id: 'alibaba',
        about: { instanceId: instance?.id, cloudAccountId: account.id },
      },
    ])
    const { rows } = await world.pool.query('select 1 from graphile_worker.jobs where key = $1', [
      `marketplaces.confirm-instance:${instance?.id}`,
    ])
    expect(rows).toHaveLength(1)
  })

  test('is kept as it came, but for its token', async () => {
    const bought = purchase({ template: 'a b', 新参数: '值' })
    const answer = await tell(signed(bought))
    expect(await keptOf('createInstance', bought.orderBizId)).toMatchObject([
      {
        verdict: 'applied',
        params: { ...bought, token: '[redacted]' },
        answer,
        dedupe_key: `createInstance:${bought.orderBizId}`,
      },
    ])
  })

  test('may come by form POST, its token over query and form together', async () => {
    const bought = purchase()
    const { action, ...rest } = bought
    const token = spiToken(bought, sandboxKeys.alibabaSpiKey)
    const response = await app.inject({
      method: 'POST',
      url: `${spi}?action=${action}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
      payload: new URLSearchParams({ ...rest, token }).toString(),
    })
    expect(response.json()).toMatchObject({ instanceId: bought.orderBizId })
    expect(await instanceOf(bought.orderBizId)).toBeDefined()
  })

  test('told twenty times at once makes one instance and twenty equal answers', async () => {
    const bought = purchase()
    const answers = await Promise.all(Array.from({ length: 20 }, () => tell(signed(bought))))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    const { db } = world.services
    const instances = await db
      .selectFrom('marketplace_instances')
      .select('id')
      .where('instance_ref', '=', bought.orderBizId)
      .execute()
    expect(instances).toHaveLength(1)
    expect(
      await db.selectFrom('cloud_accounts').select('id').where('account_ref', '=', bought.aliUid).execute(),
    ).toHaveLength(1)
    const verdicts = (await keptOf('createInstance', bought.orderBizId)).map((kept) => kept.verdict).toSorted()
    expect(verdicts).toEqual(['applied', ...Array.from({ length: 19 }, () => 'duplicate')])
  })

  test('replayed after the release answers the same and opens nothing', async () => {
    const bought = purchase()
    const first = await tell(signed(bought))
    expect(await tell(signed({ action: 'releaseInstance', instanceId: bought.orderBizId, isRefund: 'false' }))).toEqual(
      { success: true },
    )
    expect(await tell(signed(bought))).toEqual(first)
    expect((await instanceOf(bought.orderBizId))?.status).toBe('released')
  })

  test('of a product the catalogue does not name is kept all the same', async () => {
    const bought = purchase({ productCode: 'cmgj-unheard-of' })
    expect(await tell(signed(bought))).toMatchObject({ instanceId: bought.orderBizId })
    expect(await instanceOf(bought.orderBizId)).toMatchObject({ product_code: 'cmgj-unheard-of' })
  })

  test('with a parameter missing is answered with id 0 and that parameter, and kept', async () => {
    const { aliUid: _left, ...rest } = purchase()
    const answer = await tell(signed(rest))
    expect(answer).toMatchObject({ instanceId: '0', success: false, message: expect.stringContaining('aliUid') })
    const kept = await keptOf('createInstance', null)
    expect(kept.at(-1)).toMatchObject({ verdict: 'malformed', answer, params: { orderBizId: rest.orderBizId } })
    expect(await instanceOf(rest.orderBizId)).toBeUndefined()
  })
})

describe('later notifications', () => {
  test('arrears freeze, payment restores, an upgrade changes the specification, a release ends', async () => {
    const bought = purchase({ Count: '2', Disk: '10' })
    const instanceId = bought.orderBizId
    await tell(signed(bought))
    const statusAfter = async (params: Record<string, string>) => {
      expect(await tell(signed({ instanceId, ...params }))).toEqual({ success: true })
      return (await instanceOf(instanceId))?.status
    }
    expect(await statusAfter({ action: 'expiredInstance' })).toBe('suspended')
    expect(await statusAfter({ action: 'renewInstance', orderId: '1', expiredOn: '2013-01-01 01:01:01' })).toBe(
      'active',
    )
    expect(await statusAfter({ action: 'upgradeInstance', orderId: '2', skuId: 'yuncode2', Count: '5' })).toBe('active')
    expect(await instanceOf(instanceId)).toMatchObject({ sku: 'yuncode2', items: { Count: '5', Disk: '10' } })
    expect(await statusAfter({ action: 'releaseInstance', isRefund: 'true', orderId: '3' })).toBe('released')
    const kinds = (await eventsOf((await instanceOf(instanceId))?.id ?? '')).map((event) => event.kind)
    expect(kinds.toSorted()).toEqual([
      'instance.purchased',
      'instance.released',
      'instance.restored',
      'instance.suspended',
      'instance.upgraded',
    ])
  })

  test('a renewal replayed after a new expiry restores nothing by itself, but has the marketplace asked', async () => {
    const bought = purchase()
    const renewal = signed({
      action: 'renewInstance',
      instanceId: bought.orderBizId,
      orderId: '77',
      expiredOn: '2027-01-01 00:00:00',
    })
    const expiry = signed({ action: 'expiredInstance', instanceId: bought.orderBizId })
    for (const params of [signed(bought), expiry, renewal, expiry]) await tell(params)
    await world.pool.query(
      'select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs where key is not null',
    )
    expect(await tell(renewal)).toEqual({ success: true })
    const instance = await instanceOf(bought.orderBizId)
    expect(instance?.status).toBe('suspended')
    const { rows } = await world.pool.query('select 1 from graphile_worker.jobs where key like $1', [
      `%${instance?.id}`,
    ])
    expect(rows).toHaveLength(1)
  })

  test('one before its purchase is refused until the purchase has come', async () => {
    const bought = purchase()
    const release = signed({ action: 'releaseInstance', instanceId: bought.orderBizId })
    expect(await tell(release)).toMatchObject({ success: false, message: expect.stringContaining('again') })
    expect(await keptOf('releaseInstance', bought.orderBizId)).toMatchObject([{ verdict: 'unknown_instance' }])
    await tell(signed(bought))
    expect(await tell(release)).toEqual({ success: true })
    expect((await instanceOf(bought.orderBizId))?.status).toBe('released')
  })

  test('a renewal after the release is refused each time and disputed once', async () => {
    const bought = purchase()
    await tell(signed(bought))
    await tell(signed({ action: 'releaseInstance', instanceId: bought.orderBizId }))
    const renewal = signed({ action: 'renewInstance', instanceId: bought.orderBizId, orderId: '5' })
    for (let attempt = 0; attempt < 3; attempt += 1) expect(await tell(renewal)).toMatchObject({ success: false })
    const instance = await instanceOf(bought.orderBizId)
    expect(instance?.status).toBe('released')
    const kinds = (await eventsOf(instance?.id ?? '')).map((event) => event.kind)
    expect(kinds.filter((kind) => kind === 'instance.disputed')).toHaveLength(1)
  })
})

describe('what is not the vendor', () => {
  test('an action we do not know is answered false and kept', async () => {
    const params = { action: 'bindDomain', instanceId: '1', domain: 'a.example' }
    expect(await tell(signed(params))).toMatchObject({ success: false, message: expect.stringContaining('action') })
    expect(await keptOf('bindDomain', null)).toMatchObject([
      { verdict: 'unknown_action', params: { ...params, token: '[redacted]' } },
    ])
  })

  test('a wrong token changes nothing, whatever else is right', async () => {
    const bought = purchase()
    expect(await tell({ ...bought, token: '0'.repeat(32) })).toEqual({
      success: false,
      message: expect.stringContaining('token'),
    })
    expect(await tell(bought)).toMatchObject({ success: false })
    expect(await instanceOf(bought.orderBizId)).toBeUndefined()
  })

  test('strangers cannot fill the table: at most ten refused messages are kept a minute', async () => {
    const { db } = world.services
    world.clock.advance(60_000)
    const rejected = () =>
      db
        .selectFrom('marketplace_notifications')
        .selectAll()
        .where('verdict', '=', 'rejected')
        .where('received_at', '=', world.clock.now())
        .execute()
    for (let attempt = 0; attempt < 25; attempt += 1) {
      await tell({ action: `x${'y'.repeat(300)}`, token: `secret-${attempt}`, nul: 'a\0b', long: 'z'.repeat(3000) })
    }
    const kept = await rejected()
    expect(kept).toHaveLength(10)
    expect(JSON.stringify(kept)).not.toContain('secret-')
    expect(Math.max(...kept.map((row) => JSON.stringify(row.params).length))).toBeLessThan(1000)
    world.clock.advance(60_000)
    await tell({ action: 'another minute' })
    expect(await rejected()).toHaveLength(1)
  })

  test.each([
    ['application/json', '{"action":"createInstance"}'],
    ['application/x-www-form-urlencoded', `a=${'x'.repeat(20_000)}`],
    ['text/xml', '<a/>'],
  ])('a body of %s that is no form of the vendor is answered false', async (type, payload) => {
    const response = await app.inject({ method: 'POST', url: spi, headers: { 'content-type': type }, payload })
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({ success: false })
  })

  test('nothing at all is answered false', async () => {
    expect(await tell({})).toMatchObject({ success: false })
  })
})

test('when a fault of ours keeps a purchase from being written the vendor is asked to call again, and its next call succeeds', async () => {
  const broken = await testServices()
  const door = Fastify()
  await door.register(cookie)
  await alibabaDoor(door, broken.services)
  const bought = signed(purchase())
  const url = `${spi}?${new URLSearchParams(bought)}`
  await broken.pool.query('alter table marketplace_instances rename to elsewhere')
  expect((await door.inject({ url })).json()).toMatchObject({ instanceId: '0', success: false })
  await broken.pool.query('alter table elsewhere rename to marketplace_instances')
  expect((await door.inject({ url })).json()).toMatchObject({ instanceId: bought['orderBizId'] })
  await door.close()
  await broken.close()
})

test('a message that waits behind another of its instance is answered within three seconds, with a plea to call again', async () => {
  const bought = purchase()
  await tell(signed(bought))
  const client = await world.pool.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `instance alibaba ${bought.orderBizId}`,
    ])
    const answer = await tell(signed({ action: 'expiredInstance', instanceId: bought.orderBizId }))
    expect(answer).toMatchObject({ success: false, message: expect.stringContaining('again') })
  } finally {
    await client.query('rollback')
    client.release()
  }
  expect(await tell(signed({ action: 'expiredInstance', instanceId: bought.orderBizId }))).toEqual({ success: true })
})

test('where Alibaba is not configured there is no such door', async () => {
  const without = Fastify()
  await without.register(cookie)
  const config = { ...world.services.config, marketplaces: { alibaba: null } }
  await alibabaDoor(without, { ...world.services, config })
  expect((await without.inject({ url: spi })).statusCode).toBe(404)
})
