import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { spiToken } from '../alibaba/spi-token.ts'
import { goodAnswer, HOUR, hourlyProduct, DAY, MINUTE, startTestSandbox } from '../testing/world.ts'
import type { Answer, SpiCall, TestSandbox } from '../testing/world.ts'

let world: TestSandbox

beforeAll(async () => {
  world = await startTestSandbox()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.post('/api/reset')
  world.vendor.calls.length = 0
  const base = new URL(world.vendor.url).origin
  world.vendor.answer = (call) => goodAnswer(base, call)
})

async function buy(accountId = '1310411089831098'): Promise<Answer> {
  await world.post('/api/buyers', { accountId, name: 'Acme' })
  return world.post('/api/purchases', { accountId, productCode: hourlyProduct })
}

const actions = (calls: SpiCall[]) => calls.map((call) => call.params['action'])
const signedRightly = ({ params }: SpiCall) => spiToken(Object.entries(params), 'testkey') === params['token']
const deliveries = async (query = '') => (await world.get(`/api/deliveries${query}`))['deliveries'] as Answer[]

describe('a purchase', () => {
  it('calls createInstance with everything the vendor needs, signed, and is opened by its answer', async () => {
    const bought = await buy()
    expect(bought).toMatchObject({ status: 'OPENED', pending: false, vendorInstanceId: bought['instanceId'] })
    expect(bought['remarks']).toEqual({ 说明: '点击免登即可开始' })
    const [call] = world.vendor.calls
    expect(call?.method).toBe('GET')
    expect(call?.params).toEqual({
      action: 'createInstance',
      aliUid: '1310411089831098',
      orderBizId: bought['instanceId'],
      orderId: bought['orderId'],
      productCode: hourlyProduct,
      skuId: `${hourlyProduct}-postpay`,
      trial: 'false',
      Count: '2',
      Num: '3',
      token: call?.params['token'],
    })
    expect(call && signedRightly(call)).toBe(true)
  })

  it('is sent as a form when the knob says POST', async () => {
    await world.post('/api/knobs', { spiMethod: 'POST' })
    expect(await buy()).toMatchObject({ status: 'OPENED' })
    expect(world.vendor.calls[0]?.method).toBe('POST')
    expect(world.vendor.calls.every(signedRightly)).toBe(true)
  })

  it('of one form sent twice at once is one order', async () => {
    await world.post('/api/buyers', { accountId: '1310411089831098' })
    const form = { accountId: '1310411089831098', requestId: 'form-1' }
    const [one, other] = await Promise.all([world.post('/api/purchases', form), world.post('/api/purchases', form)])
    expect(one['orderId']).toBe(other['orderId'])
    expect((await world.get('/api/instances'))['instances']).toHaveLength(1)
  })

  it('of an unknown account, product or sku is refused by name', async () => {
    expect(await world.post('/api/purchases', { accountId: '1111111111111111' })).toMatchObject({
      httpStatus: 404,
      error: { code: 'not_found', message: 'There is no account 1111111111111111.' },
    })
    await world.post('/api/buyers', { accountId: '1310411089831098' })
    const wrong = { accountId: '1310411089831098', productCode: hourlyProduct, skuCode: 'gold' }
    expect((await world.post('/api/purchases', wrong))['error'].message).toContain('has no sku gold')
    expect((await world.post('/api/purchases', { accountId: '12' }))['error'].message).toContain(
      'accountId: must be 16 digits',
    )
  })
})

describe('an answer that is not yet an instance', () => {
  it.each([
    ['0', { body: { instanceId: '0' } }, 'instance-id-zero'],
    ['the number 0', { body: { instanceId: 0 } }, 'instance-id-zero'],
    ['no id', { body: { success: true } }, 'instance-id-missing'],
    ['no JSON', { body: '<html>' }, 'not-json'],
    ['an error status', { status: 502, body: { instanceId: '1' } }, 'http-error'],
  ])('%s is asked for again after the interval', async (_name, answer, outcome) => {
    world.vendor.answer = () => answer
    const bought = await buy()
    expect(bought).toMatchObject({ status: 'OPENING', pending: true })
    const [first] = await deliveries()
    expect(first).toMatchObject({ state: 'waiting', attempts: 1 })
    expect(first?.['latestAttempts'][0]).toMatchObject({ outcome, number: 1 })
    world.vendor.answer = () => ({ body: { instanceId: 7 } })
    await world.post('/api/clock', { advanceMs: MINUTE })
    expect(await world.get(`/api/instances/${bought['instanceId']}`)).toMatchObject({
      status: 'OPENED',
      vendorInstanceId: '7',
    })
    expect(world.vendor.calls).toHaveLength(2)
  })

  it('that never comes counts as a timeout', async () => {
    await world.post('/api/knobs', { spiTimeoutMs: 30 })
    world.vendor.answer = () => null
    await buy()
    expect((await deliveries())[0]?.['latestAttempts'][0]).toMatchObject({ outcome: 'timeout', httpStatus: null })
  })

  it('is asked for 120 times, then listed as failed until the counter is reset', async () => {
    world.vendor.answer = () => ({ body: { instanceId: '0' } })
    const bought = await buy()
    await world.post('/api/clock', { advanceMs: 200 * MINUTE })
    expect(world.vendor.calls).toHaveLength(120)
    const [failed] = await deliveries('?state=failed')
    expect(failed).toMatchObject({ attempts: 120, action: 'createInstance' })
    await world.post('/api/clock', { advanceMs: DAY })
    expect(world.vendor.calls).toHaveLength(120)

    const base = new URL(world.vendor.url).origin
    world.vendor.answer = (call) => goodAnswer(base, call)
    expect(await world.post(`/api/deliveries/${failed?.['id']}/retry`)).toMatchObject({
      state: 'delivered',
      attempts: 1,
    })
    expect(await world.get(`/api/instances/${bought['instanceId']}`)).toMatchObject({ status: 'OPENED' })
  })
})

describe('arrears', () => {
  it('expire the instance after the grace, release it after the retention', async () => {
    const { instanceId } = await buy()
    await world.post(`/api/instances/${instanceId}/fall-into-arrears`)
    await world.post('/api/clock', { advanceMs: DAY - MINUTE })
    expect(actions(world.vendor.calls)).toEqual(['createInstance'])
    await world.post('/api/clock', { advanceMs: MINUTE })
    expect(await world.get(`/api/instances/${instanceId}`)).toMatchObject({ status: 'EXPIRED' })
    await world.post('/api/clock', { advanceMs: 16 * DAY })
    expect(await world.get(`/api/instances/${instanceId}`)).toMatchObject({ status: 'CLOSED' })
    expect(actions(world.vendor.calls)).toEqual(['createInstance', 'expiredInstance', 'releaseInstance'])
    expect(world.vendor.calls[2]?.params).toMatchObject({ instanceId, isRefund: 'false' })
    expect(world.vendor.calls.every(signedRightly)).toBe(true)
  })

  it('settled in time change nothing; settled after expiry renew the instance', async () => {
    const { instanceId } = await buy()
    await world.post(`/api/instances/${instanceId}/fall-into-arrears`)
    await world.post(`/api/instances/${instanceId}/pay-arrears`)
    await world.post('/api/clock', { advanceMs: 3 * DAY })
    expect(actions(world.vendor.calls)).toEqual(['createInstance'])

    await world.post(`/api/instances/${instanceId}/fall-into-arrears`)
    await world.post('/api/clock', { advanceMs: 2 * DAY })
    const paid = await world.post(`/api/instances/${instanceId}/pay-arrears`)
    expect(paid).toMatchObject({ status: 'OPENED', inArrearsSince: null, timers: [] })
    await world.post('/api/clock', { advanceMs: 30 * DAY })
    expect(actions(world.vendor.calls)).toEqual(['createInstance', 'expiredInstance', 'renewInstance'])
    expect(world.vendor.calls[2]?.params).toMatchObject({ instanceId, expiredOn: '2999-09-01 00:00:00' })
  })
})

describe('a buyer', () => {
  it('upgrades the sku and releases the instance, each told once', async () => {
    const { instanceId } = await buy()
    await world.post(`/api/instances/${instanceId}/upgrade`, { skuCode: `${hourlyProduct}-large` })
    await world.post(`/api/instances/${instanceId}/upgrade`, { skuCode: `${hourlyProduct}-large` })
    await world.post(`/api/instances/${instanceId}/release`)
    expect(await world.post(`/api/instances/${instanceId}/release`)).toMatchObject({
      status: 'CLOSED',
      notification: null,
    })
    expect(actions(world.vendor.calls)).toEqual(['createInstance', 'upgradeInstance', 'releaseInstance'])
    expect(world.vendor.calls[1]?.params).toMatchObject({ skuId: `${hourlyProduct}-large` })
    expect(await world.post(`/api/instances/${instanceId}/upgrade`, { skuCode: 'x' })).toMatchObject({
      httpStatus: 409,
    })
  })

  it('with a fixed account id is created once and renamed when asked', async () => {
    const one = await world.post('/api/buyers', { accountId: '1000000000000001', name: 'First' })
    const same = await world.post('/api/buyers', { accountId: '1000000000000001' })
    expect(same).toMatchObject({ accountId: one['accountId'], name: 'First' })
    const fresh = await world.post('/api/buyers')
    expect(fresh['accountId']).toMatch(/^[1-8]\d{15}$/)
    expect((await world.get('/api/buyers'))['buyers']).toHaveLength(2)
  })

  it('gets by Direct Login a freshly signed address each time', async () => {
    const { instanceId } = await buy()
    await world.post('/api/clock', { advanceMs: HOUR })
    const { url } = await world.post(`/api/instances/${instanceId}/direct-login`)
    const { now } = await world.get('/api/clock')
    const address = new URL(url as string)
    const params = Object.fromEntries(address.searchParams)
    expect(params).toMatchObject({ action: 'verify', instanceId })
    expect(params['token']).toBe(spiToken(Object.entries(params), 'testkey'))
    const stamped = Date.parse(`${params['timeStamp']?.replace(' ', 'T')}+08:00`)
    expect(Math.abs(Date.parse(now as string) - stamped)).toBeLessThan(MINUTE)

    const stale = await world.post(`/api/instances/${instanceId}/direct-login`, { ageMs: HOUR })
    expect(
      Date.parse(`${new URL(stale['url'] as string).searchParams.get('timeStamp')?.replace(' ', 'T')}+08:00`),
    ).toBeLessThan(stamped)
    const spoilt = new URL(
      (await world.post(`/api/instances/${instanceId}/direct-login`, { spoil: 'token' }))['url'] as string,
    )
    expect(spiToken([...spoilt.searchParams.entries()], 'testkey')).not.toBe(spoilt.searchParams.get('token'))
  })
})

describe('mischief on the SPI', () => {
  it('sends a notification twice', async () => {
    await world.post('/api/faults', { on: 'spi', kind: 'duplicate', action: 'createInstance' })
    const bought = await buy()
    await world.post('/api/quiet')
    expect(actions(world.vendor.calls)).toEqual(['createInstance', 'createInstance'])
    expect(await world.get(`/api/instances/${bought['instanceId']}`)).toMatchObject({ status: 'OPENED' })
    expect((await world.get('/api/faults'))['faults']).toEqual([])
  })

  it('holds one back while later ones overtake it', async () => {
    const { instanceId } = await buy()
    await world.post('/api/faults', { on: 'spi', kind: 'hold', action: 'upgradeInstance' })
    const upgraded = await world.post(`/api/instances/${instanceId}/upgrade`, { skuCode: `${hourlyProduct}-large` })
    await world.post(`/api/instances/${instanceId}/release`)
    await world.post(`/api/deliveries/${upgraded['notification'].id}/send`)
    expect(actions(world.vendor.calls)).toEqual(['createInstance', 'releaseInstance', 'upgradeInstance'])
  })

  it('adds a signed parameter nobody knows, or signs wrongly once', async () => {
    await world.post('/api/faults', { on: 'spi', kind: 'extra-parameter' })
    await world.post('/api/faults', { on: 'spi', kind: 'wrong-signature', times: 1 })
    world.vendor.answer = (call) =>
      signedRightly(call) ? { body: { instanceId: '5' } } : { body: { instanceId: '0' } }
    const bought = await buy()
    expect(bought['status']).toBe('OPENING')
    await world.post('/api/faults', { on: 'spi', kind: 'extra-parameter' })
    await world.post('/api/clock', { advanceMs: MINUTE })
    expect(world.vendor.calls.map(signedRightly)).toEqual([false, true])
    expect(Object.keys(world.vendor.calls[1]?.params ?? {}).some((name) => name.startsWith('Extra'))).toBe(true)
  })

  it('delays, and loses an answer so that the call is repeated', async () => {
    await world.post('/api/faults', { on: 'spi', kind: 'delay', delayMs: HOUR })
    await world.post('/api/faults', { on: 'spi', kind: 'lose-answer' })
    const bought = await buy()
    expect(world.vendor.calls).toHaveLength(0)
    await world.post('/api/clock', { advanceMs: HOUR })
    expect(await world.get(`/api/instances/${bought['instanceId']}`)).toMatchObject({ status: 'OPENING' })
    await world.post('/api/clock', { advanceMs: MINUTE })
    expect(world.vendor.calls).toHaveLength(2)
    expect(await world.get(`/api/instances/${bought['instanceId']}`)).toMatchObject({ status: 'OPENED' })
  })

  it('sends actions nobody has heard of', async () => {
    const sent = await world.post('/api/deliveries', { action: 'bindDomain', params: { domain: 'a b.cn' } })
    expect(sent).toMatchObject({ action: 'bindDomain', state: 'delivered' })
    expect(world.vendor.calls[0]?.params).toMatchObject({ action: 'bindDomain', domain: 'a b.cn' })
    const { instanceId } = await buy()
    await world.post('/api/deliveries', { action: 'expiredInstance', instanceId })
    expect(world.vendor.calls.at(-1)?.params).toMatchObject({ action: 'expiredInstance', instanceId })
  })

  it('is refused when planned wrongly, naming the field', async () => {
    const refused = await world.post('/api/faults', { on: 'spi', kind: 'earthquake' })
    expect(refused).toMatchObject({ httpStatus: 400 })
    expect(refused['error'].message).toContain('kind')
  })
})

describe('the sandbox', () => {
  it('keeps its time, purchases and waiting notifications over a restart', async () => {
    world.vendor.answer = () => ({ body: { instanceId: '0' } })
    const bought = await buy()
    await world.post('/api/clock', { advanceMs: 10 * MINUTE })
    const before = Date.parse((await world.get('/api/clock'))['now'] as string)
    await world.restart()
    const base = new URL(world.vendor.url).origin
    world.vendor.answer = (call) => goodAnswer(base, call)
    expect(Date.parse((await world.get('/api/clock'))['now'] as string)).toBeGreaterThanOrEqual(before)
    await world.post('/api/clock', { advanceMs: MINUTE })
    expect(await world.get(`/api/instances/${bought['instanceId']}`)).toMatchObject({ status: 'OPENED' })
    expect((await buy())['instanceId']).not.toBe(bought['instanceId'])
  })

  it('never lets the clock go back', async () => {
    expect(await world.post('/api/clock', { set: '2001-01-01T00:00:00Z' })).toMatchObject({ httpStatus: 409 })
  })
})
