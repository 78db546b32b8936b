import { afterEach, describe, expect, test } from 'vitest'
import type { UsageToPush } from '../connector.ts'
import { describeInstance, describeOrder, openApi } from './api.ts'
import type { AlibabaApi } from './api.ts'
import { pushUsage } from './push-usage.ts'
import { scriptedApi } from './scripted-api.ts'
import type { ApiAnswer, ApiCall, ScriptedApi } from './scripted-api.ts'

let vendor: ScriptedApi | undefined

afterEach(async () => {
  await vendor?.close()
  vendor = undefined
})

const quick = { connect: 300, read: 300, answer: 500 }

async function apiThatAnswers(script: ApiAnswer | ((call: ApiCall) => ApiAnswer)): Promise<AlibabaApi> {
  vendor = await scriptedApi(typeof script === 'function' ? script : () => script)
  const api = openApi(vendor.settings, quick)
  if (!api) throw new Error('The scripted settings have keys.')
  return api
}

/** As the vendor writes an error; its permanent ones come with status 500. */
function refusal(Code: string, status = 500): ApiAnswer {
  return { status, body: { Code, Message: `words about ${Code}`, RequestId: 'R-1' } }
}

test('without an access key there is no API', () => {
  const settings = {
    spiKeys: ['12345678'],
    accessKeyId: null,
    accessKeySecret: null,
    endpoint: 'x',
    protocol: 'https' as const,
    statementUrl: null,
  }
  expect(openApi(settings)).toBeNull()
})

describe('asking about an instance', () => {
  const body = {
    InstanceId: 122779388,
    OrderId: 269326581310319,
    ProductCode: 'cmgj1',
    ProductSkuCode: 'cmgj1-postpay',
    ComponentJson: '{"package_version":"yuncode1"}',
    IsTrial: true,
    EndOn: 1602259200000,
    RequestId: 'R-1',
  }

  test.each([
    ['OPENING', 'opening'],
    ['OPENED', 'active'],
    ['EXPIRED', 'suspended'],
    ['CLOSED', 'released'],
  ])('%s is %s', async (Status, status) => {
    const api = await apiThatAnswers({ status: 200, body: { ...body, Status } })
    expect(await describeInstance(api, '122779388')).toEqual({
      kind: 'found',
      value: {
        status,
        orderRef: '269326581310319',
        productCode: 'cmgj1',
        skus: ['yuncode1', 'cmgj1-postpay'],
        trial: true,
        expiresOn: new Date(1602259200000),
      },
    })
    expect(vendor?.calls).toMatchObject([{ action: 'DescribeInstanceForIsv' }])
    expect(vendor?.calls[0]?.query.get('InstanceId')).toBe('122779388')
  })

  test('a status nobody documents says nothing', async () => {
    const api = await apiThatAnswers({ status: 200, body: { ...body, Status: 'MOVED' } })
    expect(await describeInstance(api, '1')).toEqual({ kind: 'unreachable', code: 'status MOVED' })
  })

  test.each([
    ['Invalid.Parameter.Instance', 'absent'],
    ['InvalidInstance.NotFound', 'absent'],
    ['Service.Flow.Control', 'unreachable'],
    ['Throttling.User', 'unreachable'],
    ['UnknownError', 'unreachable'],
    ['ServiceUnavailable', 'unreachable'],
    ['SignatureDoesNotMatch', 'unreachable'],
    ['InvalidAccessKeyId.NotFound', 'unreachable'],
    ['InvalidAction.NotFound', 'unreachable'],
    ['Permission.Denied', 'unreachable'],
  ])('refused with %s it is %s, at whatever status', async (code, kind) => {
    for (const status of [400, 404, 500]) {
      const api = await apiThatAnswers(refusal(code, status))
      expect(await describeInstance(api, '1')).toEqual({ kind, code })
      await vendor?.close()
    }
  })

  test.each<[string, ApiAnswer]>([
    ['hangs up', 'hang up'],
    ['is silent', 'silence'],
    ['never ends its answer', 'half a body'],
    ['sends a page', { status: 200, body: '<html>' }],
    ['sends an error page', { status: 502, body: '<html>' }],
  ])('a vendor that %s is unreachable', async (_what, said) => {
    expect(await describeInstance(await apiThatAnswers(said), '1')).toMatchObject({ kind: 'unreachable' })
  })
})

describe('asking whose an order is', () => {
  test('brings the cloud account and the instances of the order', async () => {
    const api = await apiThatAnswers({
      status: 200,
      body: { AliUid: 1041031108983109, OrderStatus: 'NORMAL', InstanceIds: ['122779388'], OrderId: 269326581310319 },
    })
    const value = { accountRef: '1041031108983109', instanceRefs: ['122779388'], standing: true }
    expect(await describeOrder(api, '269326581310319')).toEqual({ kind: 'found', value })
  })

  test.each(['REFUND', 'DELETE'])('an order in status %s does not stand', async (OrderStatus) => {
    const api = await apiThatAnswers({ status: 200, body: { AliUid: 1, OrderStatus } })
    expect(await describeOrder(api, '1')).toMatchObject({ value: { standing: false } })
  })

  test('an account id past the exact numbers is not rounded into somebody else', async () => {
    const api = await apiThatAnswers({ status: 200, body: '{"AliUid": 9041031108983109123}' })
    expect(await describeOrder(api, '1')).toMatchObject({ kind: 'unreachable' })
  })
})

describe('pushing usage', () => {
  const records: UsageToPush[] = ['1000001', '1000002'].map((instanceRef) => ({
    instanceRef,
    from: new Date(1_723_771_200_000),
    until: new Date(1_723_774_800_000),
    quantities: [{ dimension: 'PeriodMin', quantity: '96', item: 'cmapi00060317-PeriodMin-4' }],
  }))

  test('is written as the vendor documents it and accepted for every record', async () => {
    const api = await apiThatAnswers({ status: 200, body: { Success: true, RequestId: 'R-7' } })
    const accepted = { kind: 'accepted', receipt: 'R-7' }
    expect(await pushUsage(api, records)).toEqual([accepted, accepted])
    expect(vendor?.calls.map((call) => call.action)).toEqual(['PushMeteringData'])
    expect(JSON.parse(vendor?.calls[0]?.query.get('Metering') ?? '')).toEqual(
      ['1000001', '1000002'].map((InstanceId) => ({
        InstanceId,
        StartTime: '1723771200',
        EndTime: '1723774800',
        Entities: [{ Key: 'PeriodMin', Value: '96', meteringAssit: 'cmapi00060317-PeriodMin-4' }],
      })),
    )
  })

  test.each([
    ['Invalid.Parameter.Metering', 400, { kind: 'rejected' }],
    ['Invalid.Parameter.Metering', 500, { kind: 'rejected' }],
    ['Invalid.Parameter.Instance', 500, { kind: 'rejected' }],
    ['Invalid.Parameter', 500, { kind: 'rejected' }],
    ['Metering.Data.Exceeded', 500, { kind: 'rejected' }],
    ['Permission.Denied', 500, { kind: 'rejected' }],
    ['Service.Flow.Control', 500, { kind: 'retry', afterSeconds: 60 }],
    ['Throttling.User', 400, { kind: 'retry' }],
    ['SignatureDoesNotMatch', 400, { kind: 'retry', afterSeconds: 300 }],
    ['InvalidAccessKeyId.NotFound', 404, { kind: 'retry', afterSeconds: 300 }],
    ['UnknownError', 500, { kind: 'unknown' }],
    ['ServiceUnavailable', 503, { kind: 'unknown' }],
    ['Code.Of.Tomorrow', 400, { kind: 'unknown' }],
  ])('%s with status %i', async (code, status, verdict) => {
    const api = await apiThatAnswers(refusal(code, status))
    const verdicts = await pushUsage(api, records)
    expect(verdicts).toHaveLength(2)
    for (const each of verdicts) expect(each).toMatchObject({ ...verdict, code })
    expect(vendor?.calls).toHaveLength(1)
  })

  test('a rejection carries the words of the vendor for the operator', async () => {
    const [verdict] = await pushUsage(await apiThatAnswers(refusal('Invalid.Parameter.Metering')), records)
    expect(verdict).toMatchObject({ message: expect.stringContaining('words about Invalid.Parameter.Metering') })
  })

  test.each<[string, ApiAnswer]>([
    ['the connection is dropped', 'hang up'],
    ['no answer comes', 'silence'],
    ['the answer stops half way', 'half a body'],
    ['the answer is a page', { status: 200, body: '<html>' }],
    ['a gateway fails', { status: 504, body: '<html>' }],
    ['an error has no code', { status: 500, body: {} }],
    ['success is not said', { status: 200, body: { RequestId: 'R-1' } }],
  ])('when %s it is unknown, and never sent again from here', async (_what, said) => {
    const api = await apiThatAnswers(said)
    expect((await pushUsage(api, records)).map((verdict) => verdict.kind)).toEqual(['unknown', 'unknown'])
    expect(vendor?.calls).toHaveLength(1)
  })

  test('when no connection is made it was not sent and may be tried again', async () => {
    const api = await apiThatAnswers('silence')
    await vendor?.close()
    expect(await pushUsage(api, records)).toMatchObject([{ kind: 'retry', code: 'ECONNREFUSED' }, { kind: 'retry' }])
  })
})
