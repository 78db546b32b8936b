import * as market from '@alicloud/market20151101'
import { $OpenApiUtil } from '@alicloud/openapi-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dailyProduct, DAY, goodAnswer, HOUR, hourlyProduct, MINUTE, startTestSandbox } from '../testing/world.ts'
import type { Answer, TestSandbox } from '../testing/world.ts'
import { rpcSignature } from './rpc-signature.ts'

let world: TestSandbox
let instanceId: string

beforeAll(async () => {
  world = await startTestSandbox()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.post('/api/reset')
  world.vendor.answer = (call) => goodAnswer(new URL(world.vendor.url).origin, call)
  const next = new Date(
    Math.ceil((Date.parse((await world.get('/api/clock'))['now'] as string) + 1) / DAY) * DAY + 30 * MINUTE,
  )
  await world.post('/api/clock', { set: next.toISOString() })
  instanceId = await buy(hourlyProduct)
})

async function buy(productCode: string, accountId = '1310411089831098'): Promise<string> {
  await world.post('/api/buyers', { accountId })
  return (await world.post('/api/purchases', { accountId, productCode }))['instanceId'] as string
}

/** The vendor's own SDK, told nothing but where. */
function sdk(keys: { id?: string; secret?: string; algorithm?: string } = {}): market.default {
  const Client = (market.default as unknown as { default?: typeof market.default }).default ?? market.default
  return new Client(
    new $OpenApiUtil.Config({
      accessKeyId: keys.id ?? 'test-access-key',
      accessKeySecret: keys.secret ?? 'test-access-secret',
      endpoint: world.url.replace('http://', ''),
      protocol: 'http',
      ...(keys.algorithm ? { signatureAlgorithm: keys.algorithm } : {}),
    }),
  )
}

async function now(): Promise<number> {
  return Date.parse((await world.get('/api/clock'))['now'] as string)
}

interface Usage {
  instanceId?: string
  startAt?: number
  minutes?: number
  quantity?: string | number
  key?: string
  assit?: string | null
}

/** A record of the hour that is running. */
async function usage(given: Usage = {}): Promise<object> {
  const start = given.startAt ?? Math.floor((await now()) / HOUR) * HOUR
  const assit = given.assit === undefined ? `${hourlyProduct}-Unit-1` : given.assit
  return {
    InstanceId: given.instanceId ?? instanceId,
    StartTime: String(start / 1_000),
    EndTime: String(start / 1_000 + (given.minutes ?? 60) * 60),
    Entities: [
      { Key: given.key ?? 'Unit', Value: given.quantity ?? '5', ...(assit === null ? {} : { meteringAssit: assit }) },
    ],
  }
}

async function push(...records: object[]): Promise<market.PushMeteringDataResponse> {
  return sdk().pushMeteringData(new market.PushMeteringDataRequest({ metering: JSON.stringify(records) }))
}

/** Status and code the SDK reports. */
async function refused(calling: Promise<unknown>): Promise<{ status: number; code: string; message: string }> {
  const error: unknown = await calling.then(
    () => new Error('was not refused'),
    (thrown: unknown) => thrown,
  )
  const { statusCode, code, message } = error as { statusCode: number; code: string; message: string }
  return { status: statusCode, code, message }
}

const records = async () => (await world.get(`/api/statement/records?instanceId=${instanceId}`))['records'] as Answer[]

describe('the official SDK', () => {
  it.each([undefined, 'v2'])('reads an instance and its order (signature algorithm %s)', async (algorithm) => {
    const client = sdk(algorithm ? { algorithm } : {})
    const { body } = await client.describeInstanceForIsv(new market.DescribeInstanceForIsvRequest({ instanceId }))
    expect(body).toMatchObject({
      instanceId: Number(instanceId),
      status: 'OPENED',
      productCode: hourlyProduct,
      productSkuCode: `${hourlyProduct}-postpay`,
      productType: 'APP',
      isTrial: false,
      extendJson: '{"说明":"点击免登即可开始"}',
      relationalData: { serviceStatus: 'OPENED' },
    })
    expect(body?.beganOn).toBeGreaterThan(Date.now())
    const order = await client.describeOrderForIsv(
      new market.DescribeOrderForIsvRequest({ orderId: String(body?.orderId) }),
    )
    expect(order.body).toMatchObject({
      aliUid: 1310411089831098,
      orderType: 'NEW',
      orderStatus: 'NORMAL',
      instanceIds: [instanceId],
    })
  })

  it('is told of an unknown instance or order', async () => {
    const instance = sdk().describeInstanceForIsv(new market.DescribeInstanceForIsvRequest({ instanceId: '1' }))
    expect(await refused(instance)).toMatchObject({ status: 500, code: 'Invalid.Parameter.Instance' })
    const order = sdk().describeOrderForIsv(new market.DescribeOrderForIsvRequest({ orderId: '1' }))
    expect(await refused(order)).toMatchObject({ status: 500, code: 'Invalid.Parameter' })
  })

  it('pushes usage, which stands in the statement', async () => {
    const { body } = await push(
      await usage({ quantity: '150' }),
      await usage({ key: 'Period', assit: `${hourlyProduct}-Period-2`, quantity: 5400 }),
    )
    expect(body).toMatchObject({ success: true, requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) })
    const statement = await world.get(`/api/statement?instanceId=${instanceId}`)
    expect(statement['totals']).toMatchObject([
      {
        assit: `${hourlyProduct}-Period-2`,
        acceptedQuantity: '5400',
        billedQuantity: '5400',
        amount: '0.75',
        currency: 'CNY',
      },
      { assit: `${hourlyProduct}-Unit-1`, acceptedQuantity: '150', billedQuantity: '150', amount: '1.50' },
    ])
    expect(statement['amounts']).toEqual([{ currency: 'CNY', amount: '2.25' }])
  })

  it('pushes with the older signature too', async () => {
    const request = new market.PushMeteringDataRequest({ metering: JSON.stringify([await usage()]) })
    expect((await sdk({ algorithm: 'v2' }).pushMeteringData(request)).body?.success).toBe(true)
  })
})

describe('a call that is not the vendor’s', () => {
  const read = (client: market.default) =>
    client.describeInstanceForIsv(new market.DescribeInstanceForIsvRequest({ instanceId }))

  it.each([undefined, 'v2'])('is refused for its key or its secret (signature algorithm %s)', async (algorithm) => {
    const chosen = algorithm ? { algorithm } : {}
    expect(await refused(read(sdk({ ...chosen, id: 'somebody' })))).toMatchObject({
      status: 404,
      code: 'InvalidAccessKeyId.NotFound',
    })
    expect(await refused(read(sdk({ ...chosen, secret: 'guessed' })))).toMatchObject({
      status: 400,
      code: 'SignatureDoesNotMatch',
    })
  })

  async function signedByHand(
    change: Record<string, string>,
    place: 'query' | 'form',
    path = '/openapi',
  ): Promise<Answer> {
    const params: Record<string, string> = {
      AccessKeyId: 'test-access-key',
      Action: 'DescribeInstanceForIsv',
      Format: 'JSON',
      InstanceId: instanceId,
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: crypto.randomUUID(),
      SignatureVersion: '1.0',
      Timestamp: new Date().toISOString().replace(/\.\d+Z/, 'Z'),
      Version: '2015-11-01',
      ...change,
    }
    params['Signature'] = rpcSignature({ method: 'POST', params, secret: 'test-access-secret' })
    const encoded = new URLSearchParams(params)
    const response = await fetch(`${world.url}${path}${place === 'query' ? `?${encoded.toString()}` : ''}`, {
      method: 'POST',
      ...(place === 'form' ? { body: encoded } : {}),
    })
    return { httpStatus: response.status, ...((await response.json()) as Answer) }
  }

  it('is accepted in query and form, at either address, but only once', async () => {
    const nonce = { SignatureNonce: 'only-once' }
    expect(await signedByHand(nonce, 'query')).toMatchObject({ httpStatus: 200, Status: 'OPENED' })
    expect(await signedByHand(nonce, 'form')).toMatchObject({ httpStatus: 400, Code: 'SignatureNonceUsed' })
    expect(await signedByHand({}, 'form', '/')).toMatchObject({ httpStatus: 200, InstanceId: Number(instanceId) })
  })

  it('is refused when its clock is off by more than 15 minutes', async () => {
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString().replace(/\.\d+Z/, 'Z')
    expect(await signedByHand({ Timestamp: minutesAgo(14) }, 'query')).toMatchObject({ httpStatus: 200 })
    for (const minutes of [16, -16]) {
      expect(await signedByHand({ Timestamp: minutesAgo(minutes) }, 'query')).toMatchObject({
        Code: 'InvalidTimeStamp.Expired',
      })
    }
    expect(await signedByHand({ Timestamp: 'yesterday' }, 'query')).toMatchObject({ Code: 'InvalidTimeStamp.Format' })
  })

  it('is refused for an unknown action or version', async () => {
    expect(await signedByHand({ Action: 'DropTables' }, 'query')).toMatchObject({
      httpStatus: 404,
      Code: 'InvalidAction.NotFound',
    })
    expect(await signedByHand({ Version: '1999-01-01' }, 'query')).toMatchObject({ Code: 'InvalidVersion' })
  })
})

describe('a push', () => {
  it('of one instance comes at most once a minute', async () => {
    await push(await usage())
    expect(await refused(push(await usage()))).toMatchObject({ status: 500, code: 'Service.Flow.Control' })
    await world.post('/api/clock', { advanceMs: MINUTE })
    await push(await usage())
    expect(await records()).toHaveLength(2)
  })

  it('of several at once is let through once', async () => {
    const calls = await Promise.allSettled([push(await usage()), push(await usage()), push(await usage())])
    expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await records()).toHaveLength(1)
  })

  it('names known instances of one product', async () => {
    expect(await refused(push(await usage({ instanceId: '42' })))).toMatchObject({
      status: 500,
      code: 'Invalid.Parameter.Instance',
    })
    const other = await buy(dailyProduct)
    const mixed = push(await usage(), await usage({ instanceId: other, assit: `${dailyProduct}-Unit-1` }))
    expect(await refused(mixed)).toMatchObject({ code: 'Invalid.Parameter.Instance' })
    expect(await records()).toHaveLength(0)
  })

  it('names its dimension, unless the switch says otherwise', async () => {
    expect(await refused(push(await usage({ assit: null })))).toMatchObject({
      status: 400,
      code: 'Invalid.Parameter.Metering',
      message: expect.stringContaining('meteringAssit is empty'),
    })
    await world.post('/api/clock', { advanceMs: MINUTE })
    expect(await refused(push(await usage({ assit: 'another' })))).toMatchObject({
      status: 500,
      code: 'Invalid.Parameter.Metering',
    })
    await world.post('/api/clock', { advanceMs: MINUTE })
    await world.post('/api/knobs', { meteringAssitRequired: false })
    await push(await usage({ assit: null }))
    expect((await records())[0]).toMatchObject({ assit: `${hourlyProduct}-Unit-1` })
  })

  it('with one bad record keeps none of them', async () => {
    const half = push(await usage(), await usage({ assit: 'another' }))
    expect(await refused(half)).toMatchObject({ code: 'Invalid.Parameter.Metering' })
    expect(await records()).toHaveLength(0)
  })

  it('of more than 100 entities, broken JSON, short intervals and fractions is refused', async () => {
    const one = await usage()
    expect(await refused(push(...Array.from({ length: 101 }, () => one)))).toMatchObject({
      status: 500,
      code: 'Metering.Data.Exceeded',
    })
    const broken = sdk().pushMeteringData(new market.PushMeteringDataRequest({ metering: '[{' }))
    expect(await refused(broken)).toMatchObject({ status: 500, code: 'Invalid.Parameter.Metering' })
    expect(await refused(push(await usage({ minutes: 5 })))).toMatchObject({ code: 'Invalid.Parameter.Metering' })
    expect(await refused(push(await usage({ quantity: '0.5' })))).toMatchObject({ code: 'Invalid.Parameter.Metering' })
  })

  it('from an account that is not whitelisted is denied', async () => {
    await world.post('/api/knobs', { whitelisted: false })
    expect(await refused(push(await usage()))).toMatchObject({ status: 500, code: 'Permission.Denied' })
  })

  it('of hourly goods after the deadline is accepted and not billed, or refused, as the knob says', async () => {
    const hour = Math.floor((await now()) / HOUR) * HOUR
    await world.post('/api/clock', { set: new Date(hour + HOUR + 58 * MINUTE).toISOString() })
    await push(await usage({ startAt: hour }))
    await world.post('/api/clock', { advanceMs: 2 * MINUTE })
    await push(await usage({ startAt: hour, quantity: '7' }))
    expect(await records()).toMatchObject([{ unbilledBecause: null }, { unbilledBecause: 'late', quantity: '7' }])
    const { totals } = await world.get(`/api/statement?instanceId=${instanceId}`)
    expect(totals).toMatchObject([{ acceptedQuantity: '12', billedQuantity: '5', amount: '0.05' }])
    await world.post('/api/knobs', { lateHourly: 'reject' })
    await world.post('/api/clock', { advanceMs: MINUTE })
    expect(await refused(push(await usage({ startAt: hour })))).toMatchObject({ code: 'Invalid.Parameter.Metering' })
  })

  it('of daily goods is refused after 1:59 of the next day', async () => {
    const daily = await buy(dailyProduct)
    const today = Math.floor((await now()) / DAY) * DAY + 16 * HOUR
    const wholeDay = { instanceId: daily, assit: `${dailyProduct}-Unit-1`, startAt: today, minutes: 24 * 60 }
    await world.post('/api/clock', { set: new Date(today + DAY + HOUR + 58 * MINUTE).toISOString() })
    await push(await usage(wholeDay))
    await world.post('/api/clock', { advanceMs: 2 * MINUTE })
    expect(await refused(push(await usage(wholeDay)))).toMatchObject({
      status: 500,
      code: 'Invalid.Parameter.Metering',
    })
  })

  it('of the hour in which the instance expired is billed, of later hours not', async () => {
    const hour = Math.floor((await now()) / HOUR) * HOUR
    await world.post(`/api/instances/${instanceId}/release`)
    await push(await usage({ startAt: hour }))
    await world.post('/api/clock', { set: new Date(hour + HOUR + MINUTE).toISOString() })
    await push(await usage({ startAt: hour + HOUR }))
    expect(await records()).toMatchObject([{ unbilledBecause: null }, { unbilledBecause: 'not_in_service' }])
  })

  it('that overlaps is added, refused or ignored, as the knob says', async () => {
    const again = async () => {
      await world.post('/api/clock', { advanceMs: MINUTE })
      return push(await usage())
    }
    await push(await usage())
    await again()
    await world.post('/api/knobs', { overlap: 'ignore' })
    await again()
    expect(await records()).toMatchObject([
      { unbilledBecause: null },
      { unbilledBecause: null },
      { unbilledBecause: 'overlap' },
    ])
    await world.post('/api/knobs', { overlap: 'reject' })
    expect(await refused(again())).toMatchObject({ code: 'Invalid.Parameter.Metering' })
  })

  it('of time still to come is refused when the knob says so', async () => {
    await world.post('/api/knobs', { futureIntervals: 'reject' })
    expect(await refused(push(await usage()))).toMatchObject({ code: 'Invalid.Parameter.Metering' })
  })
})

describe('mischief on the API', () => {
  const plan = (kind: string, more: object = {}) => world.post('/api/faults', { on: 'openapi', kind, ...more })

  it('keeps the data, then drops the connection', async () => {
    await plan('commit-then-timeout', { action: 'PushMeteringData', instanceId })
    const { code, status } = await refused(push(await usage()))
    expect(status).toBeUndefined()
    expect(code).not.toBe('UnknownError')
    expect(await records()).toHaveLength(1)
    expect((await world.get('/api/calls'))['calls'][0]).toMatchObject({ fault: 'commit-then-timeout', code: 'OK' })
  })

  it('answers UnknownError before or after keeping the data', async () => {
    await plan('unknown-error')
    expect(await refused(push(await usage()))).toMatchObject({ status: 500, code: 'UnknownError' })
    expect(await records()).toHaveLength(0)
    await plan('commit-then-unknown-error')
    expect(await refused(push(await usage()))).toMatchObject({ status: 500, code: 'UnknownError' })
    expect(await records()).toHaveLength(1)
  })

  it('throttles and denies as often as told', async () => {
    await plan('throttling', { times: 2 })
    for (const _ of [1, 2]) expect(await refused(push(await usage()))).toMatchObject({ code: 'Service.Flow.Control' })
    await plan('permission-denied')
    expect(await refused(push(await usage()))).toMatchObject({ code: 'Permission.Denied' })
    await push(await usage())
  })

  it('lets a call arrive late, or be answered slowly', async () => {
    await plan('late', { delayMs: 3 * HOUR })
    await push(await usage())
    expect((await records())[0]).toMatchObject({ unbilledBecause: 'late' })
    await world.post('/api/clock', { advanceMs: MINUTE })
    await plan('slow', { delayMs: 1 })
    expect((await push(await usage())).body?.success).toBe(true)
  })

  it('spares other instances and other actions', async () => {
    await plan('throttling', { instanceId: '99' })
    await plan('throttling', { action: 'DescribeOrderForIsv' })
    await push(await usage())
    expect((await world.get('/api/faults'))['faults']).toHaveLength(2)
  })
})

describe('the statement', () => {
  it('asks for a sensible span', async () => {
    const wide = await world.get('/api/statement?from=2026-01-01&to=2026-12-31')
    expect(wide).toMatchObject({ httpStatus: 400, error: { code: 'wrong_input' } })
    expect((await world.get('/api/statement?from=soon'))['error'].message).toContain('from')
  })
})
