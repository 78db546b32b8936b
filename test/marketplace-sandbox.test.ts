import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import type { Sandbox } from '../sandbox/start-sandbox.ts'
import { sandboxKeys } from '../server/config.ts'
import type { AlibabaSettings } from '../server/config.ts'
import { alibabaDoor } from '../server/marketplaces/alibaba/door.ts'
import { connectorOf } from '../server/marketplaces/connector-of.ts'
import { findInstance } from '../server/marketplaces/read-instance.ts'
import { resolveHandOff } from '../server/marketplaces/resolve-hand-off.ts'
import { verifyInstancePair } from '../server/marketplaces/verify-instance-pair.ts'
import { sandboxClock } from '../server/platform/clock.ts'
import { dailyProductCode, productCode } from './catalogue.ts'
import { emptyDatabase } from './database.ts'
import type { TestDatabase } from './database.ts'
import { testServices } from './services.ts'
import type { TestServices } from './services.ts'

let world: TestServices
let app: FastifyInstance
let sandbox: Sandbox
let sandboxDatabase: TestDatabase
const alibaba: AlibabaSettings = {
  spiKeys: ['a key that is being retired', sandboxKeys.alibabaSpiKey],
  accessKeyId: sandboxKeys.alibabaAccessKeyId,
  accessKeySecret: sandboxKeys.alibabaAccessKeySecret,
  endpoint: '',
  protocol: 'http',
  statementUrl: null,
}

/** The vendor's door on a real port, the sandbox on another; they know each other by URL and keys only. */
beforeAll(async () => {
  world = await testServices((config) => ({ ...config, marketplaces: { alibaba } }))
  world.services.clock = sandboxClock()
  app = Fastify()
  await app.register(cookie)
  await alibabaDoor(app, world.services)
  const door = await app.listen({ host: '127.0.0.1', port: 0 })
  sandboxDatabase = await emptyDatabase()
  sandbox = await startSandbox({
    database: sandboxDatabase.connection,
    port: 0,
    spiUrl: `${door}/marketplaces/alibaba/spi`,
    spiKey: sandboxKeys.alibabaSpiKey,
    accessKey: { id: sandboxKeys.alibabaAccessKeyId, secret: sandboxKeys.alibabaAccessKeySecret },
    vendorName: 'Guance',
    products: [listing(productCode, 'hourly'), listing(dailyProductCode, 'daily')],
  })
  alibaba.endpoint = new URL(sandbox.url).host
})

afterAll(async () => {
  await sandbox.close()
  await app.close()
  await sandboxDatabase.close()
  await world.close()
})

function listing(code: string, billing: 'hourly' | 'daily') {
  const words = { en: code, zh: code }
  return {
    code,
    skuCodes: [`${code}-postpay`, `${code}-large`],
    name: words,
    vendor: words,
    description: words,
    billing,
    meteringItems: [{ assit: `${code}-Unit-1`, key: 'Unit' as const, unitPrice: '0.01' }],
    billableItems: { Count: '2', Num: '3' },
  }
}

interface Sold {
  instanceId: string
  orderId: string
  status: string
}

/** Presses a button at the sandbox. */
async function press<Answer = Sold>(path: string, body: object = {}): Promise<Answer> {
  const response = await fetch(`${sandbox.url}/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer: unknown = await response.json()
  if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`)
  return answer as Answer
}

async function look<Answer>(path: string): Promise<Answer> {
  const response = await fetch(`${sandbox.url}/api/${path}`)
  return (await response.json()) as Answer
}

async function buy(product = productCode) {
  const { accountId } = await press<{ accountId: string }>('buyers')
  const { instanceId } = await press('purchases', { accountId, productCode: product })
  await press('quiet')
  return { ...(await look<Sold>(`instances/${instanceId}`)), accountId }
}

/** Time passes on both sides. */
async function hoursPass(hours: number): Promise<void> {
  world.services.clock.advance(hours * 3_600_000)
  await press('clock', { advanceMs: hours * 3_600_000 })
}

async function ours(instanceRef: string) {
  return findInstance(world.ctx(), { marketplace: 'alibaba', instanceRef })
}

async function verify(cloudAccountRef: string, instanceRef: string) {
  return verifyInstancePair(world.ctx(), { marketplace: 'alibaba', cloudAccountRef, instanceRef })
}

/** All that fell due at the sandbox is done, then all our jobs. */
async function settle(): Promise<void> {
  await press('quiet')
  await world.runJobs()
}

test('a purchase arrives, is answered so that the marketplace opens it, and is confirmed by asking back', async () => {
  const bought = await buy()
  expect(bought.status).toBe('OPENED')
  expect(await ours(bought.instanceId)).toMatchObject({
    order_ref: bought.orderId,
    cloudAccountRef: bought.accountId,
    product_code: productCode,
    sku: `${productCode}-postpay`,
    items: { Count: '2', Num: '3' },
    status: 'active',
    confirmed_at: null,
  })
  await settle()
  expect(await ours(bought.instanceId)).toMatchObject({ status: 'active', confirmed_at: expect.any(Date) })
})

test('arrears, payment, upgrade and release are followed', async () => {
  const { instanceId } = await buy()
  const statusAfter = async (button: string, body: object = {}) => {
    await press(`instances/${instanceId}/${button}`, body)
    if (button === 'fall-into-arrears') await hoursPass(25)
    await settle()
    return (await ours(instanceId))?.status
  }
  expect(await statusAfter('fall-into-arrears')).toBe('suspended')
  expect(await statusAfter('pay-arrears')).toBe('active')
  expect(await statusAfter('upgrade', { skuCode: `${productCode}-large` })).toBe('active')
  expect(await ours(instanceId)).toMatchObject({ sku: `${productCode}-large` })
  expect(await statusAfter('release')).toBe('released')
})

test.each(['duplicate', 'extra-parameter', 'wrong-signature', 'lose-answer'])(
  'a purchase under the fault %s opens one instance in the end',
  async (kind) => {
    await press('faults', { on: 'spi', kind, action: 'createInstance' })
    const { instanceId } = await buy()
    await hoursPass(1)
    await settle()
    expect(await ours(instanceId)).toMatchObject({ status: 'active' })
    const state = await fetch(`${sandbox.url}/api/instances/${instanceId}`)
    expect(await state.json()).toMatchObject({ status: 'OPENED' })
  },
)

test('called by form POST the same happens', async () => {
  await press('knobs', { spiMethod: 'POST' })
  const { instanceId, status } = await buy()
  await press('knobs', { spiMethod: 'GET' })
  expect(status).toBe('OPENED')
  expect(await ours(instanceId)).toMatchObject({ status: 'active' })
})

test('an expiry replayed while the service is open is found out by asking, and taken back', async () => {
  const { instanceId } = await buy()
  await settle()
  await press('deliveries', { action: 'expiredInstance', instanceId, params: { instanceId } })
  await press('quiet')
  expect(await ours(instanceId)).toMatchObject({ status: 'suspended' })
  await settle()
  expect(await ours(instanceId)).toMatchObject({ status: 'active' })
})

test('an action of tomorrow is refused and kept', async () => {
  await press('deliveries', { action: 'modifyInstance', params: { something: 'new' } })
  await press('quiet')
  const kept = await world.services.db
    .selectFrom('marketplace_notifications')
    .select(['verdict', 'params'])
    .where('action', '=', 'modifyInstance')
    .execute()
  expect(kept).toMatchObject([{ verdict: 'unknown_action', params: { something: 'new', token: '[redacted]' } }])
})

describe('Direct Login', () => {
  const linkOf = async (instanceId: string, body: object = {}) =>
    resolveHandOff(world.ctx(), 'alibaba', await press<{ url: string }>(`instances/${instanceId}/direct-login`, body))

  test('fresh it resolves; old, tampered or after the release it does not', async () => {
    const { instanceId } = await buy()
    expect(await linkOf(instanceId)).toMatchObject({ ok: true, instance: { instance_ref: instanceId } })
    expect(await linkOf(instanceId, { ageMs: 301_000 })).toEqual({ ok: false, reason: 'handoff_expired' })
    expect(await linkOf(instanceId, { spoil: 'token' })).toEqual({ ok: false, reason: 'handoff_tampered' })
    expect(await linkOf(instanceId, { spoil: 'instanceId' })).toEqual({ ok: false, reason: 'handoff_tampered' })
    const open = await press<{ url: string }>(`instances/${instanceId}/direct-login`)
    await press(`instances/${instanceId}/release`)
    expect(await resolveHandOff(world.ctx(), 'alibaba', open)).toEqual({ ok: false, reason: 'instance_released' })
  })
})

describe('a typed pair of ids', () => {
  test('we know is verified; with another account it is wrong', async () => {
    const one = await buy()
    const other = await buy()
    expect(await verify(one.accountId, one.instanceId)).toMatchObject({ instance_ref: one.instanceId })
    await expect(verify(other.accountId, one.instanceId)).rejects.toMatchObject({ code: 'instance_pair_wrong' })
  })

  test('we do not know is looked up through the official SDK', async () => {
    const one = await buy()
    const other = await buy()
    await forget(one.instanceId)
    await expect(verify(other.accountId, one.instanceId)).rejects.toMatchObject({ code: 'instance_pair_wrong' })
    await expect(verify(one.accountId, '999999999')).rejects.toMatchObject({ code: 'instance_pair_wrong' })
    expect(await ours(one.instanceId)).toBeNull()
    expect(await verify(one.accountId, one.instanceId)).toMatchObject({
      instance_ref: one.instanceId,
      order_ref: one.orderId,
      cloudAccountRef: one.accountId,
      status: 'active',
    })
  })

  test('cannot be checked while the marketplace fails', async () => {
    const one = await buy()
    await forget(one.instanceId)
    await press('faults', { on: 'openapi', kind: 'unknown-error', action: 'DescribeInstanceForIsv' })
    await expect(verify(one.accountId, one.instanceId)).rejects.toMatchObject({ code: 'marketplace_unreachable' })
  })

  /** As if its notification had never reached us. */
  async function forget(instanceRef: string): Promise<void> {
    await world.services.db.deleteFrom('marketplace_notifications').where('instance_ref', '=', instanceRef).execute()
    await world.services.db.deleteFrom('marketplace_instances').where('instance_ref', '=', instanceRef).execute()
  }
})

describe('pushing usage through the official SDK', () => {
  /** Ten minutes of the running hour, of one unit. */
  async function push(instanceRef: string, over: { item?: string; quantity?: string } = {}) {
    const connector = connectorOf(world.services.config, 'alibaba')
    const { now } = await look<{ now: string }>('clock')
    const hour = Math.floor(Date.parse(now) / 3_600_000) * 3_600_000
    const verdicts = await connector?.pushUsage?.([
      {
        instanceRef,
        from: new Date(hour),
        until: new Date(hour + 600_000),
        quantities: [
          { dimension: 'Unit', quantity: over.quantity ?? '96', item: over.item ?? `${productCode}-Unit-1` },
        ],
      },
    ])
    return verdicts?.[0]
  }

  test('it is accepted, and a second call within the minute is to wait', async () => {
    const { instanceId } = await buy()
    expect(await push(instanceId)).toEqual({ kind: 'accepted', receipt: expect.stringMatching(/\w/) })
    expect(await push(instanceId)).toEqual({ kind: 'retry', code: 'Service.Flow.Control', afterSeconds: 60 })
  })

  test('what the vendor refuses for good is rejected', async () => {
    const { instanceId } = await buy()
    expect(await push('999999999')).toMatchObject({ kind: 'rejected', code: 'Invalid.Parameter.Instance' })
    expect(await push(instanceId, { item: 'no-such-item' })).toMatchObject({
      kind: 'rejected',
      code: 'Invalid.Parameter.Metering',
    })
    const other = await buy()
    expect(await push(other.instanceId, { quantity: '-1' })).toMatchObject({ kind: 'rejected' })
  })

  test.each([
    ['commit-then-timeout', { kind: 'unknown' }],
    ['commit-then-unknown-error', { kind: 'unknown', code: 'UnknownError' }],
    ['unknown-error', { kind: 'unknown', code: 'UnknownError' }],
    ['throttling', { kind: 'retry' }],
    ['permission-denied', { kind: 'rejected', code: 'Permission.Denied' }],
  ])('under the fault %s it is %o', async (kind, verdict) => {
    const { instanceId } = await buy()
    await press('faults', { on: 'openapi', kind, action: 'PushMeteringData' })
    expect(await push(instanceId)).toMatchObject(verdict)
  })

  test('with a wrong key nothing is counted and it may be tried again', async () => {
    const { instanceId } = await buy()
    const right = alibaba.accessKeySecret
    alibaba.accessKeySecret = 'not the secret'
    expect(await push(instanceId)).toMatchObject({ kind: 'retry', code: 'SignatureDoesNotMatch' })
    alibaba.accessKeySecret = right
    expect(await push(instanceId)).toMatchObject({ kind: 'accepted' })
  })
})
