import { describe, expect, it } from 'vitest'
import { acs3Signature, sha256Hex } from './acs3-signature.ts'
import { percentEncode } from './percent-encode.ts'
import { rpcSignature } from './rpc-signature.ts'

describe('the signature of an API call', () => {
  it('is, by RPC V1, that of the published ECS example', () => {
    const params = {
      AccessKeyId: 'testid',
      Action: 'DescribeRegions',
      Format: 'XML',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
      SignatureVersion: '1.0',
      Timestamp: '2016-02-23T12:46:24Z',
      Version: '2014-05-26',
    }
    const signature = 'OLeaidS1JvxuMvnyHOwuJ+uX5qY='
    expect(rpcSignature({ method: 'GET', params, secret: 'testsecret' })).toBe(signature)
    expect(rpcSignature({ method: 'GET', params: { ...params, Signature: signature }, secret: 'testsecret' })).toBe(
      signature,
    )
    expect(rpcSignature({ method: 'POST', params, secret: 'testsecret' })).not.toBe(signature)
  })

  it('is, by ACS3, that of the published RunInstances example', () => {
    const headers = {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      'x-acs-action': 'RunInstances',
      'x-acs-content-sha256': sha256Hex(''),
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': '2014-05-26',
    }
    const signature = acs3Signature({
      method: 'POST',
      path: '/',
      query: { ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd', RegionId: 'cn-shanghai' },
      headers,
      signedHeaders: Object.keys(headers),
      payloadHash: sha256Hex(''),
      secret: 'YourAccessKeySecret',
    })
    expect(signature).toBe('06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0')
  })

  it('encodes as RFC 3986 says', () => {
    expect(percentEncode(`a b*~!'()中/`)).toBe('a%20b%2A~%21%27%28%29%E4%B8%AD%2F')
  })
})
