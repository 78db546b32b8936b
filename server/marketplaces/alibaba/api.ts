import type * as MarketSdk from '@alicloud/market20151101'
import type { AlibabaSettings } from '../../config.ts'
import type { Finding, InstanceState, OrderOwner } from '../connector.ts'
import { meaningOf } from './api-errors.ts'

/** How long a call may take, in milliseconds. */
export interface TimeLimits {
  connect: number
  /** Until the answer's headers. */
  read: number
  /** Over all, whatever the SDK's own timers (kept per socket) may miss. */
  answer: number
}
const timeLimits: TimeLimits = { connect: 5_000, read: 10_000, answer: 12_000 }

type Sdk = typeof MarketSdk
type MarketClient = MarketSdk.default

/** The vendor's API, opened at first use: its SDK takes most of a second to load. */
export interface AlibabaApi {
  call<Result>(work: (client: MarketClient, sdk: Sdk) => Promise<Result>): Promise<Result>
}

/** Raised when a call has brought no whole answer in time. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
}

/** The way to the vendor's API; null where no access key is configured. */
export function openApi(settings: AlibabaSettings, limits: TimeLimits = timeLimits): AlibabaApi | null {
  const { accessKeyId, accessKeySecret, endpoint, protocol } = settings
  if (accessKeyId === null || accessKeySecret === null) return null
  return {
    async call(work) {
      const [sdk, { $OpenApiUtil }] = await Promise.all([
        import('@alicloud/market20151101'),
        import('@alicloud/openapi-core'),
      ])
      const config = new $OpenApiUtil.Config({
        accessKeyId,
        accessKeySecret,
        endpoint,
        protocol,
        connectTimeout: limits.connect,
        readTimeout: limits.read,
        // One connection a call. Calls are few, and a kept connection that the other side has just closed would make the fate
        // of a usage report unknown for nothing.
        globalParameters: new $OpenApiUtil.GlobalParameters({ headers: { connection: 'close' } }),
      })
      const Client = unwrap<typeof MarketSdk.default>(sdk.default)
      return inTime(work(new Client(config), sdk), limits.answer)
    },
  }
}

/** The SDK is CommonJS: Node gives all its exports as the default, bundlers and test runners the class itself. */
function unwrap<Value>(imported: unknown): Value {
  const isModule = typeof imported === 'object' && imported !== null && 'default' in imported
  return (isModule ? imported.default : imported) as Value
}

async function inTime<Result>(work: Promise<Result>, milliseconds: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswerError(`No answer in ${milliseconds} ms`)), milliseconds)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** What the vendor calls the states of an application instance ("DescribeInstanceForIsv"). */
const statuses: Readonly<Record<string, InstanceState['status']>> = {
  OPENING: 'opening',
  OPENED: 'active',
  EXPIRED: 'suspended',
  CLOSED: 'released',
}

/** "DescribeInstanceForIsv": what the vendor holds of one instance. It does not say whose it is; its order does. */
export async function describeInstance(api: AlibabaApi, instanceRef: string): Promise<Finding<InstanceState>> {
  return ask(api, async (client, sdk) => {
    const request = new sdk.DescribeInstanceForIsvRequest({ instanceId: instanceRef })
    const { body } = await client.describeInstanceForIsv(request)
    const status = statuses[body?.status ?? '']
    const orderRef = wholeId(body?.orderId)
    if (!body || !status || orderRef === null)
      return { kind: 'unreachable', code: `status ${body?.status ?? 'missing'}` }
    return {
      kind: 'found',
      value: {
        status,
        orderRef,
        productCode: body.productCode ?? '',
        skus: [packageVersion(body.componentJson), body.productSkuCode].filter(
          (sku): sku is string => sku !== undefined && sku !== '',
        ),
        trial: body.isTrial ?? false,
        expiresOn: body.endOn ? new Date(body.endOn) : null,
      },
    }
  })
}

/** "DescribeOrderForIsv": whose an order is. */
export async function describeOrder(api: AlibabaApi, orderRef: string): Promise<Finding<OrderOwner>> {
  return ask(api, async (client, sdk) => {
    const request = new sdk.DescribeOrderForIsvRequest({ orderId: orderRef })
    const { body } = await client.describeOrderForIsv(request)
    const accountRef = wholeId(body?.aliUid)
    if (!body || accountRef === null) return { kind: 'unreachable', code: 'AliUid missing' }
    const standing = body.orderStatus === undefined || body.orderStatus === 'NORMAL'
    return { kind: 'found', value: { accountRef, instanceRefs: (body.instanceIds ?? []).map(String), standing } }
  })
}

async function ask<Value>(
  api: AlibabaApi,
  question: (client: MarketClient, sdk: Sdk) => Promise<Finding<Value>>,
): Promise<Finding<Value>> {
  try {
    return await api.call(question)
  } catch (error) {
    const { meaning, code } = meaningOf(error)
    return meaning === 'refused' ? { kind: 'absent', code } : { kind: 'unreachable', code }
  }
}

/** Ids arrive as JSON numbers; one past the exact range would name somebody else. */
function wholeId(value: unknown): string | null {
  if (typeof value === 'string' && value !== '') return value
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : null
}

/** `{"package_version":"yuncode…"}`: the name of the specification that notifications use. */
function packageVersion(componentJson: string | undefined): string | undefined {
  try {
    const parsed: unknown = JSON.parse(componentJson ?? 'null')
    if (typeof parsed !== 'object' || parsed === null || !('package_version' in parsed)) return undefined
    return typeof parsed.package_version === 'string' ? parsed.package_version : undefined
  } catch {
    return undefined
  }
}
