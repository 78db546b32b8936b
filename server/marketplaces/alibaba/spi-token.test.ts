import { timingSafeEqual } from 'node:crypto'
import type * as NodeCrypto from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { readParams } from '../read-params.ts'
import { spiToken, tokenMatches } from './spi-token.ts'

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof NodeCrypto>()
  return { ...crypto, timingSafeEqual: vi.fn(crypto.timingSafeEqual) }
})

beforeEach(() => {
  vi.mocked(timingSafeEqual).mockClear()
})

/** Signing strings and digests by the documented rule; the vendor publishes no digest of its own to compare with. */
const vectors = [
  ['p1=1&p2=2&p3=3&key=isvkey', '691b1c2be27485a87fb000de6f89f1d3'],
  [
    'action=createInstance&aliUid=1041031108983109&expiredOn=2026-01-25 00:00:00&orderBizId=122779388&orderId=269326581310319&productCode=cmgj000001&skuId=yuncode0000100001&trial=false&key=testkey',
    'ebfb506d7e6f50c27086479eda816c8d',
  ],
  [
    'Count=2&Num=3&action=createInstance&aliUid=1&orderBizId=2&orderId=3&productCode=cmgj1&skuId=s1&trial=true&key=testkey',
    'd5af1c3ed3bf7d6730a958ac0ca365eb',
  ],
  [
    'action=renewInstance&expiredOn=2013-01-01 01:01:01&instanceId=1&orderId=205060317920890&key=testkey',
    '5a5a25086556e174be108ee3787e267f',
  ],
  ['action=expiredInstance&instanceId=1&key=testkey', '7cbd951af5152182c2f9a7a70b79bf4c'],
  ['action=releaseInstance&instanceId=1&key=testkey', '800d42736f685ccbd67e5c301f9f953f'],
  [
    'action=releaseInstance&instanceId=1&isRefund=true&orderId=205060317920890&key=testkey',
    '4890d854dfc1b08aa723fb0b49ff13fc',
  ],
  ['action=upgradeInstance&instanceId=1&skuId=cmgj00001&key=testkey', '3bdd3cbd2f8ca5f20a116a90477836cc'],
  ['action=verify&instanceId=1&timeStamp=2013-01-01 01:01:01&key=testkey', 'd7abee1fa6581e5a8aa6e780d8a4daea'],
] as const

/** Parameters and key of a signing string, the parameters in an order of their own. */
function ofSigningString(text: string) {
  const end = text.lastIndexOf('&key=')
  const pairs = text
    .slice(0, end)
    .split('&')
    .map((pair) => pair.split('=') as [string, string])
  return { params: Object.fromEntries(pairs.toReversed()), key: text.slice(end + '&key='.length) }
}

test.each(vectors)('the token of %s is %s', (signingString, token) => {
  const { params, key } = ofSigningString(signingString)
  expect(spiToken(params, key)).toBe(token)
  expect(tokenMatches({ ...params, token }, [key])).toBe(true)
})

test('values are signed decoded, whichever way the vendor wrote the space', () => {
  const token = '5a5a25086556e174be108ee3787e267f'
  for (const space of ['+', '%20']) {
    const query = `action=renewInstance&expiredOn=2013-01-01${space}01%3A01%3A01&instanceId=1&orderId=205060317920890&token=${token}`
    expect(tokenMatches(readParams(query), ['testkey'])).toBe(true)
  }
})

test('a parameter the vendor adds tomorrow is signed too, and removing or adding one breaks the token', () => {
  const params = { action: 'expiredInstance', instanceId: '1', somethingNew: 'x' }
  const token = spiToken(params, 'testkey')
  expect(tokenMatches({ ...params, token }, ['testkey'])).toBe(true)
  expect(tokenMatches({ action: 'expiredInstance', instanceId: '1', token }, ['testkey'])).toBe(false)
  expect(tokenMatches({ ...params, more: '', token }, ['testkey'])).toBe(false)
})

test('while a key is rotated both keys are live, and no other', () => {
  const params = { action: 'expiredInstance', instanceId: '1' }
  for (const key of ['old-key', 'new-key']) {
    expect(tokenMatches({ ...params, token: spiToken(params, key) }, ['old-key', 'new-key'])).toBe(true)
  }
  expect(tokenMatches({ ...params, token: spiToken(params, 'other-key') }, ['old-key', 'new-key'])).toBe(false)
})

test('every live key is compared in constant time, whichever matches and however long the token is', () => {
  const params = { action: 'expiredInstance', instanceId: '1' }
  const keys = ['old-key', 'new-key']
  const tokens = [spiToken(params, 'old-key'), spiToken(params, 'new-key'), '0'.repeat(32), '', 'x'.repeat(5000)]
  for (const token of tokens) {
    vi.mocked(timingSafeEqual).mockClear()
    tokenMatches({ ...params, token }, keys)
    expect(timingSafeEqual).toHaveBeenCalledTimes(2)
  }
})

test('without a token, or without any live key, nothing matches', () => {
  const params = { action: 'expiredInstance', instanceId: '1' }
  expect(tokenMatches(params, ['testkey'])).toBe(false)
  expect(tokenMatches({ ...params, token: spiToken(params, 'testkey') }, [])).toBe(false)
})
