import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InstanceStatus } from '../../contract/accounts.ts'
import { newId } from '../../contract/ids.ts'
import type { CloudAccountId } from '../../contract/ids.ts'
import { productCode } from '../../test/catalogue.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { scriptedApi } from './alibaba/scripted-api.ts'
import type { ApiAnswer, ScriptedApi } from './alibaba/scripted-api.ts'
import { connectorOf } from './connector-of.ts'
import { openInstance } from './open-instance.ts'
import { findInstance } from './read-instance.ts'
import { takeNotification } from './take-notification.ts'
import { spiToken } from './alibaba/spi-token.ts'
import { verifyInstancePair } from './verify-instance-pair.ts'

let world: TestServices
let vendor: ScriptedApi
let counter = 0
let instanceAnswer: ApiAnswer
let orderAnswer: ApiAnswer

const buyer = '1041031108983109'

beforeAll(async () => {
  vendor = await scriptedApi(({ action }) => (action === 'DescribeInstanceForIsv' ? instanceAnswer : orderAnswer))
  world = await testServices((config) => ({ ...config, marketplaces: { alibaba: vendor.settings } }))
})

afterAll(async () => {
  await world.close()
  await vendor.close()
})

beforeEach(() => {
  counter += 1
  instanceAnswer = described()
  orderAnswer = ordered()
})

afterEach(() => {
  vendor.calls.length = 0
})

/** An instance as the vendor describes it, with what is different about it. */
function described(over: object = {}): ApiAnswer {
  const body = {
    OrderId: 269326581310319,
    ProductCode: productCode,
    ProductSkuCode: `${productCode}-postpay`,
    Status: 'OPENED',
  }
  return { status: 200, body: { ...body, ...over } }
}

function ordered(over: object = {}): ApiAnswer {
  return { status: 200, body: { AliUid: Number(buyer), OrderStatus: 'NORMAL', InstanceIds: [ref()], ...over } }
}

function ref(): string {
  return String(700_000 + counter)
}

/** Each person asks from a place of their own. */
function somebody(): Ctx {
  const accountId = newId('billingAccount')
  return world.ctx({ actor: { kind: 'billing', accountId, sessionId: newId('session') }, ip: `2001:db8::${counter}` })
}

async function verify(
  over: { cloudAccountRef?: string; provenCloudAccountIds?: CloudAccountId[] } = {},
  ctx = somebody(),
) {
  return verifyInstancePair(ctx, { marketplace: 'alibaba', cloudAccountRef: buyer, instanceRef: ref(), ...over })
}

async function bought(status: InstanceStatus) {
  return inTransaction(world.ctx(), (tx) =>
    openInstance(tx, {
      marketplace: 'alibaba',
      instanceRef: ref(),
      orderRef: '1',
      accountRef: buyer,
      productCode,
      sku: 's',
      items: {},
      trial: false,
      expiresOn: null,
      status,
      learnedBy: 'notification',
    }),
  )
}

describe('a pair whose purchase we were told', () => {
  test.each(['active', 'suspended'] as const)('matches, %s, without asking the marketplace', async (status) => {
    const known = await bought(status)
    expect(await verify()).toMatchObject({ id: known.id, cloudAccountRef: buyer })
    expect(vendor.calls).toEqual([])
  })

  test('with another account id is wrong, and nothing more is said', async () => {
    await bought('active')
    await expect(verify({ cloudAccountRef: '1999999999999999' })).rejects.toMatchObject({ code: 'instance_pair_wrong' })
  })

  test('of a released instance is wrong for a stranger and released for who holds the cloud account', async () => {
    const known = await bought('released')
    await expect(verify()).rejects.toMatchObject({ code: 'instance_pair_wrong' })
    await expect(verify({ provenCloudAccountIds: [known.cloud_account_id] })).rejects.toMatchObject({
      code: 'instance_released',
    })
  })
})

describe('a pair we were never told of', () => {
  test('is looked up by instance, order and account, and kept as if its purchase had been told', async () => {
    const found = await verify()
    expect(vendor.calls.map((call) => call.action)).toEqual(['DescribeInstanceForIsv', 'DescribeOrderForIsv'])
    expect(vendor.calls[1]?.query.get('OrderId')).toBe('269326581310319')
    expect(found).toMatchObject({
      instance_ref: ref(),
      order_ref: '269326581310319',
      cloudAccountRef: buyer,
      product_code: productCode,
      sku: `${productCode}-postpay`,
      status: 'active',
      confirmed_at: world.clock.now(),
    })
    const events = await world.services.db.selectFrom('events').select(['kind', 'about', 'detail']).execute()
    expect(events.filter((event) => event.about['instanceId'] === found.id)).toMatchObject([
      { kind: 'instance.purchased', detail: { learnedBy: 'lookup' } },
    ])
    expect((await verify()).id).toBe(found.id)
    expect(vendor.calls).toHaveLength(2)
  })

  test('found by a lookup is completed by its purchase when that arrives at last', async () => {
    const found = await verify()
    const params = {
      action: 'createInstance',
      aliUid: buyer,
      orderBizId: ref(),
      orderId: '269326581310319',
      productCode,
      skuId: 'yuncode1',
      trial: 'false',
      Count: '2',
    }
    const connector = connectorOf(world.services.config, 'alibaba')
    if (!connector) throw new Error('Alibaba is configured here.')
    const token = spiToken(params, vendor.settings.spiKeys[0] ?? '')
    const taken = await takeNotification(world.ctx(), connector, { ...params, token })
    expect(taken).toMatchObject({ verdict: 'duplicate', answer: { instanceId: ref() } })
    expect(await findInstance(world.ctx(), { marketplace: 'alibaba', instanceRef: ref() })).toMatchObject({
      id: found.id,
      items: { Count: '2' },
    })
  })

  test('suspended at the marketplace is suspended here', async () => {
    instanceAnswer = described({ Status: 'EXPIRED' })
    expect(await verify()).toMatchObject({ status: 'suspended' })
  })

  test('verified by ten people at once is kept once', async () => {
    const rows = await Promise.all(Array.from({ length: 10 }, () => verify()))
    expect(new Set(rows.map((row) => row.id)).size).toBe(1)
  })

  test.each<[string, () => void]>([
    ['belongs to another account', () => (orderAnswer = ordered({ AliUid: 1999999999999999 }))],
    ['is closed', () => (instanceAnswer = described({ Status: 'CLOSED' }))],
    ['is still opening', () => (instanceAnswer = described({ Status: 'OPENING' }))],
    ['is of a product we do not sell', () => (instanceAnswer = described({ ProductCode: 'cmgj-else' }))],
    ['was refunded', () => (orderAnswer = ordered({ OrderStatus: 'REFUND' }))],
    ['is not in its order', () => (orderAnswer = ordered({ InstanceIds: ['1'] }))],
    [
      'is unknown there',
      () => (instanceAnswer = { status: 500, body: { Code: 'Invalid.Parameter.Instance', Message: 'm' } }),
    ],
    ['has an unknown order', () => (orderAnswer = { status: 404, body: { Code: 'Order.NotFound', Message: 'm' } })],
  ])('that %s is wrong, and leaves nothing behind', async (_what, arrange) => {
    arrange()
    await expect(verify()).rejects.toMatchObject({ code: 'instance_pair_wrong' })
    expect(await findInstance(world.ctx(), { marketplace: 'alibaba', instanceRef: ref() })).toBeNull()
  })

  test('is said to be the wrong instance id only to who holds the cloud account', async () => {
    instanceAnswer = described({ Status: 'CLOSED' })
    const { id } = await world.services.db
      .selectFrom('cloud_accounts')
      .select('id')
      .where('account_ref', '=', buyer)
      .executeTakeFirstOrThrow()
    await expect(verify({ provenCloudAccountIds: [id] })).rejects.toMatchObject({ code: 'instance_id_wrong' })
    await expect(verify({ provenCloudAccountIds: [id], cloudAccountRef: '1999999999999999' })).rejects.toMatchObject({
      code: 'instance_pair_wrong',
    })
  })

  test.each<[string, ApiAnswer]>([
    ['does not answer', 'hang up'],
    ['throttles', { status: 500, body: { Code: 'Service.Flow.Control', Message: 'm' } }],
    ['refuses our keys', { status: 404, body: { Code: 'InvalidAccessKeyId.NotFound', Message: 'm' } }],
  ])('cannot be checked while the marketplace %s', async (_what, said) => {
    instanceAnswer = said
    await expect(verify()).rejects.toMatchObject({ code: 'marketplace_unreachable' })
    instanceAnswer = described()
    orderAnswer = said
    await expect(verify()).rejects.toMatchObject({ code: 'marketplace_unreachable' })
  })

  test('is wrong where there are no API keys or no such marketplace: what was bought was told', async () => {
    const { config } = world.services
    const silent = { ...config, marketplaces: { alibaba: { ...vendor.settings, accessKeySecret: null } } }
    const nowhere = { ...config, marketplaces: { alibaba: null } }
    for (const each of [silent, nowhere]) {
      const ctx = { ...somebody(), services: { ...world.services, config: each } }
      await expect(verify({}, ctx)).rejects.toMatchObject({ code: 'instance_pair_wrong' })
    }
    expect(vendor.calls).toEqual([])
  })
})

test('nobody may guess for long: twenty tries an hour, sixty from one address', async () => {
  instanceAnswer = described({ Status: 'CLOSED' })
  const person = somebody()
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await expect(verify({}, person)).rejects.toMatchObject({ code: 'instance_pair_wrong' })
  }
  await expect(verify({}, person)).rejects.toMatchObject({ code: 'too_many_requests' })
  for (let attempt = 0; attempt < 40; attempt += 1) await verify({}, somebody()).catch(() => null)
  await expect(verify({}, somebody())).rejects.toMatchObject({ code: 'too_many_requests' })
})
