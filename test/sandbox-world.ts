import type { FastifyInstance } from 'fastify'
import type { MeteringItem } from '../sandbox/options.ts'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import { createApp } from '../server/app.ts'
import { sandboxKeys } from '../server/config.ts'
import type { AlibabaSettings } from '../server/config.ts'
import { findInstance } from '../server/marketplaces/read-instance.ts'
import type { InstanceRow } from '../server/marketplaces/read-instance.ts'
import { sandboxClock } from '../server/platform/clock.ts'
import { dailyProductCode, productCode } from './catalogue.ts'
import type { Market } from './cast.ts'
import { emptyDatabase } from './database.ts'
import { testServices, testStart } from './services.ts'
import type { TestServices } from './services.ts'

/** The vendor's side and the sandbox, each on its own port and database, knowing each other by URL and keys only. */
export interface SandboxWorld {
  world: TestServices
  app: FastifyInstance
  alibaba: AlibabaSettings
  /** The sandbox as a place to buy. */
  market: Market
  /** Presses a button at the sandbox. */
  press<Answer = Sold>(path: string, body?: object): Promise<Answer>
  look<Answer>(path: string): Promise<Answer>
  /** A purchase by a buyer of its own, as we know it after the marketplace has told us. */
  buy(product?: string): Promise<InstanceRow>
  /** Time passes on both sides. */
  pass(milliseconds: number): Promise<void>
  /** Both clocks are put ahead to the next such time of day in UTC+8, e.g. `10:00`. */
  passUntil(timeOfDay: string): Promise<void>
  close(): Promise<void>
}

export interface Sold {
  instanceId: string
  orderId: string
  status: string
}

const words = (code: string) => ({ en: code, zh: code })
const item = (assit: string, key: MeteringItem['key'], unitPrice: string): MeteringItem => ({ assit, key, unitPrice })

/** What the two products of the test catalogue are billed by at the sandbox. */
const listings = [
  {
    code: productCode,
    billing: 'hourly' as const,
    items: [item(`${productCode}-Unit-1`, 'Unit', '0.5'), item(`${productCode}-Frequency-1`, 'Frequency', '0.01')],
  },
  {
    code: dailyProductCode,
    billing: 'daily' as const,
    items: [item(`${dailyProductCode}-Unit-1`, 'Unit', '0.01')],
  },
]

const dayMilliseconds = 86_400_000
const eastEightMilliseconds = 8 * 3_600_000

/** The time of year at which every test begins, the next time it comes; the database's own clock, by which jobs are added, is not ahead of it. */
function nextStart(): Date {
  const start = new Date(testStart)
  while (start.getTime() <= Date.now()) start.setUTCFullYear(start.getUTCFullYear() + 1)
  return start
}

/** Starts both sides. Real time passes on both clocks, from the same instant: a tenth of March to come, at noon, whenever the tests are run. */
export async function sandboxWorld(): Promise<SandboxWorld> {
  const alibaba: AlibabaSettings = {
    spiKeys: [sandboxKeys.alibabaSpiKey],
    accessKeyId: sandboxKeys.alibabaAccessKeyId,
    accessKeySecret: sandboxKeys.alibabaAccessKeySecret,
    endpoint: '',
    protocol: 'http',
    statementUrl: null,
  }
  const world = await testServices((config) => ({ ...config, marketplaces: { alibaba } }))
  const clock = sandboxClock(nextStart().getTime() - Date.now())
  world.services.clock = clock
  world.clock = clock
  const app = await createApp(world.services)
  const door = await app.listen({ host: '127.0.0.1', port: 0 })
  const database = await emptyDatabase()
  const sandbox = await startSandbox({
    database: database.connection,
    port: 0,
    spiUrl: `${door}/marketplaces/alibaba/spi`,
    spiKey: sandboxKeys.alibabaSpiKey,
    accessKey: { id: sandboxKeys.alibabaAccessKeyId, secret: sandboxKeys.alibabaAccessKeySecret },
    vendorName: 'Guance',
    clockOffsetMs: clock.offset(),
    products: listings.map(({ code, billing, items }) => ({
      code,
      skuCodes: [`${code}-postpay`],
      name: words(code),
      vendor: words('Guance'),
      description: words(code),
      billing,
      meteringItems: items,
    })),
  })
  alibaba.endpoint = new URL(sandbox.url).host
  alibaba.statementUrl = `${sandbox.url}/api/statement`

  async function look<Answer>(path: string): Promise<Answer> {
    return (await (await fetch(`${sandbox.url}/api/${path}`)).json()) as Answer
  }
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
  async function pass(milliseconds: number): Promise<void> {
    world.services.clock.advance(milliseconds)
    await press('clock', { advanceMs: milliseconds })
  }

  return {
    world,
    app,
    alibaba,
    market: {
      async buy({ product = productCode }) {
        const { accountId } = await press<{ accountId: string }>('buyers')
        const { instanceId } = await press('purchases', { accountId, productCode: product })
        await press('quiet')
        return { aliUid: accountId, instanceRef: instanceId }
      },
      async directLogin(instanceRef) {
        const { url } = await press<{ url: string }>(`instances/${instanceRef}/direct-login`)
        const { pathname, search } = new URL(url)
        return `${pathname}${search}`
      },
    },
    press,
    look,
    pass,
    async passUntil(timeOfDay) {
      const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number)
      const now = world.services.clock.now().getTime() + eastEightMilliseconds
      const wanted = Math.floor(now / dayMilliseconds) * dayMilliseconds + (hours * 60 + minutes) * 60_000
      await pass(wanted > now ? wanted - now : wanted + dayMilliseconds - now)
    },
    async buy(product = productCode) {
      const { accountId } = await press<{ accountId: string }>('buyers')
      const { instanceId } = await press('purchases', { accountId, productCode: product })
      await press('quiet')
      const instance = await findInstance(world.ctx(), { marketplace: 'alibaba', instanceRef: instanceId })
      if (!instance) throw new Error(`The purchase of ${instanceId} has not reached us.`)
      return instance
    },
    async close() {
      await sandbox.close()
      await app.close()
      await database.close()
      await world.close()
    },
  }
}
