import { describe, expect, it } from 'vitest'
import { spiToken } from './spi-token.ts'
import type { Parameter } from './spi-token.ts'

/** From the collected contract (§3.3): signing text with its key, and the digest computed from the published rule. */
const vectors: [text: string, digest: string][] = [
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
]

function paramsOf(text: string): { params: Parameter[]; key: string } {
  const pairs = text.split('&').map((pair): Parameter => {
    const cut = pair.indexOf('=')
    return [pair.slice(0, cut), pair.slice(cut + 1)]
  })
  const key = pairs.at(-1)?.[1] ?? ''
  return { params: pairs.slice(0, -1), key }
}

describe('the token of a call to the vendor', () => {
  it.each(vectors)('is, for %s, %s', (text, digest) => {
    const { params, key } = paramsOf(text)
    expect(spiToken(params, key)).toBe(digest)
    expect(spiToken(params.toReversed(), key)).toBe(digest)
  })

  it('leaves the token itself out and changes with every other parameter', () => {
    const params: Parameter[] = [
      ['action', 'expiredInstance'],
      ['instanceId', '1'],
    ]
    expect(spiToken([...params, ['token', 'anything']], 'testkey')).toBe(spiToken(params, 'testkey'))
    expect(spiToken([...params, ['Extra', '说明']], 'testkey')).not.toBe(spiToken(params, 'testkey'))
  })

  it('sorts capitals before small letters, as code units do', () => {
    expect(
      spiToken(
        [
          ['action', 'a'],
          ['Zone', 'b'],
        ],
        'k',
      ),
    ).toBe('5be7a8f7807dc0126b4e8a755e3644ad')
  })
})
