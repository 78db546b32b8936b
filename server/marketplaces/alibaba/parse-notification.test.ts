import { expect, test } from 'vitest'
import { parseNotification } from './parse-notification.ts'
import { spiToken } from './spi-token.ts'

const key = 'testkey-of-ours'

function parse(params: Record<string, string>) {
  return parseNotification({ ...params, token: spiToken(params, key) }, [key])
}

const purchase = {
  action: 'createInstance',
  aliUid: '1041031108983109',
  orderBizId: '122779388',
  orderId: '269326581310319',
  productCode: 'cmgj000001',
  skuId: 'yuncode0000100001',
  trial: 'false',
}

test('a purchase is read with its capitalised billable items and whatever else came', () => {
  expect(parse({ ...purchase, Count: '2', Num: '3', package_version: 'yuncode1', ecsInstanceId: 'i-1' })).toEqual({
    kind: 'lifecycle',
    action: 'createInstance',
    dedupeKey: 'createInstance:122779388',
    notification: {
      kind: 'purchased',
      instanceRef: '122779388',
      orderRef: '269326581310319',
      accountRef: '1041031108983109',
      productCode: 'cmgj000001',
      sku: 'yuncode0000100001',
      items: { Count: '2', Num: '3', package_version: 'yuncode1' },
      trial: false,
      expiresOn: null,
    },
  })
})

test('times are read as UTC+8 and booleans in any case', () => {
  const inbound = parse({ ...purchase, trial: 'True', expiredOn: '2026-01-25 00:00:00' })
  expect(inbound).toMatchObject({ notification: { trial: true, expiresOn: new Date('2026-01-24T16:00:00Z') } })
})

test.each(['', 'never', '2026-13-45 99:00:00'])(
  'a renewal after arrears is taken though its expiredOn says %j',
  (expiredOn) => {
    const inbound = parse({ action: 'renewInstance', instanceId: '1', orderId: '2', expiredOn })
    expect(inbound).toMatchObject({ kind: 'lifecycle', notification: { kind: 'renewed', expiresOn: null } })
  },
)

test('a renewal and an upgrade are known again by instance and order; without an order they are not', () => {
  expect(parse({ action: 'renewInstance', instanceId: '1', orderId: '2' })).toMatchObject({
    dedupeKey: 'renewInstance:1:2',
  })
  expect(parse({ action: 'renewInstance', instanceId: '1' })).toMatchObject({ kind: 'lifecycle', dedupeKey: null })
  expect(parse({ action: 'upgradeInstance', instanceId: '1', skuId: 's' })).toMatchObject({
    kind: 'lifecycle',
    dedupeKey: null,
  })
})

test('an upgrade carries its changed billable items', () => {
  expect(parse({ action: 'upgradeInstance', instanceId: '1', skuId: 's2', orderId: '3', Count: '5' })).toMatchObject({
    dedupeKey: 'upgradeInstance:1:3',
    notification: { kind: 'upgraded', sku: 's2', items: { Count: '5' } },
  })
})

test('an expiry has nothing that tells it from the next one; a release is its instance', () => {
  expect(parse({ action: 'expiredInstance', instanceId: '1' })).toMatchObject({ dedupeKey: null })
  expect(parse({ action: 'releaseInstance', instanceId: '1', isRefund: 'TRUE' })).toMatchObject({
    dedupeKey: 'releaseInstance:1',
    notification: { kind: 'released', refund: true, orderRef: null },
  })
})

test.each([
  ['createInstance', 'aliUid'],
  ['createInstance', 'orderBizId'],
  ['createInstance', 'orderId'],
  ['createInstance', 'productCode'],
  ['createInstance', 'skuId'],
])('%s without %s names that field', (_action, field) => {
  const { [field]: _left, ...rest } = purchase as Record<string, string>
  expect(parse(rest)).toMatchObject({ kind: 'malformed', field })
  expect(parse({ ...rest, [field]: '' })).toMatchObject({ kind: 'malformed', field })
  expect(parse({ ...rest, [field]: 'a\0b' })).toMatchObject({ kind: 'malformed', field })
})

test.each(['renewInstance', 'upgradeInstance', 'expiredInstance', 'releaseInstance'])(
  '%s without instanceId names that field',
  (action) => {
    expect(parse({ action, skuId: 's' })).toMatchObject({ kind: 'malformed', action, field: 'instanceId' })
  },
)

test.each(['modifyInstance', 'bindDomain', 'orderPay', 'verify', '', 'toString', '__proto__', 'createinstance'])(
  'the action %j is unknown',
  (action) => {
    const params = Object.fromEntries([['action', action]])
    expect(parse(params)).toEqual({ kind: 'unknown-action', action })
  },
)

test('nothing is read of a message before its token is right', () => {
  const token = spiToken(purchase, key)
  expect(parseNotification({ ...purchase, aliUid: '9', token }, [key])).toEqual({
    kind: 'rejected',
    action: 'createInstance',
  })
  expect(parseNotification(purchase, [key])).toMatchObject({ kind: 'rejected' })
  expect(parseNotification({ ...purchase, token: spiToken(purchase, 'another key') }, [key])).toMatchObject({
    kind: 'rejected',
  })
})
