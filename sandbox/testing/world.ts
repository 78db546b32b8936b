import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { emptyDatabase } from '../../test/database.ts'
import type { SandboxOptions } from '../options.ts'
import { startSandbox } from '../start-sandbox.ts'

/** A call the pretend vendor got, decoded. */
export interface SpiCall {
  method: string
  params: Record<string, string>
}

export interface TestVendor {
  url: string
  calls: SpiCall[]
  /** How it answers from now on; null answers nothing at all. */
  answer: (call: SpiCall) => { status?: number; body: unknown } | null
  close(): Promise<void>
}

/** A vendor that answers every SPI call as a good one does, until told otherwise. */
export async function startVendor(): Promise<TestVendor> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += String(part)))
    request.on('end', () => {
      const query = request.method === 'POST' ? body : (request.url ?? '').split('?')[1]
      const call = { method: request.method ?? '', params: Object.fromEntries(new URLSearchParams(query)) }
      vendor.calls.push(call)
      const answer = vendor.answer(call)
      if (!answer) return
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' })
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const vendor: TestVendor = {
    url: `${url}/spi`,
    calls: [],
    answer: (call) => goodAnswer(url, call),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return vendor
}

/** What a well-behaved vendor says. */
export function goodAnswer(url: string, call: SpiCall): { body: unknown } {
  if (call.params['action'] !== 'createInstance') return { body: { success: true } }
  return {
    body: {
      instanceId: call.params['orderBizId'],
      appInfo: { frontEndUrl: url, authUrl: `${url}/login` },
      info: { 说明: '点击免登即可开始' },
    },
  }
}

export const hourlyProduct = 'cmgj00000001'
export const dailyProduct = 'cmgj00000002'

export function testOptions(given: { spiUrl: string; database: SandboxOptions['database'] }): SandboxOptions {
  const words = { en: 'Observability', zh: '可观测' }
  return {
    ...given,
    port: 0,
    spiKey: 'testkey',
    accessKey: { id: 'test-access-key', secret: 'test-access-secret' },
    vendorName: 'Test Vendor',
    products: [
      {
        code: hourlyProduct,
        skuCodes: [`${hourlyProduct}-postpay`, `${hourlyProduct}-large`],
        name: words,
        vendor: words,
        description: words,
        billing: 'hourly',
        meteringItems: [
          { assit: `${hourlyProduct}-Unit-1`, key: 'Unit', unitPrice: '0.01' },
          { assit: `${hourlyProduct}-Period-2`, key: 'Period', unitPrice: '0.5' },
        ],
        billableItems: { Count: '2', Num: '3' },
      },
      {
        code: dailyProduct,
        skuCodes: [`${dailyProduct}-postpay`],
        name: words,
        vendor: words,
        description: words,
        billing: 'daily',
        meteringItems: [{ assit: `${dailyProduct}-Unit-1`, key: 'Unit', unitPrice: '0.003' }],
      },
    ],
  }
}

export interface TestSandbox {
  url: string
  vendor: TestVendor
  get(path: string): Promise<Answer>
  post(path: string, body?: object): Promise<Answer>
  /** Stops the sandbox and starts it anew on the same database. */
  restart(): Promise<void>
  close(): Promise<void>
}

// JSON of unknown shape: tests look into it freely.
// oxlint-disable-next-line typescript/no-explicit-any
export type Answer = Record<string, any>

/** A sandbox with a fresh database and a pretend vendor. */
export async function startTestSandbox(): Promise<TestSandbox> {
  const vendor = await startVendor()
  const database = await emptyDatabase()
  const options = testOptions({ spiUrl: vendor.url, database: database.connection })
  let sandbox = await startSandbox(options)
  async function call(path: string, init?: RequestInit): Promise<Answer> {
    const response = await fetch(`${sandbox.url}${path}`, init)
    return { httpStatus: response.status, ...((await response.json()) as Answer) }
  }
  return {
    get url() {
      return sandbox.url
    },
    vendor,
    get: (path) => call(path),
    post: (path, body = {}) =>
      call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    async restart() {
      await sandbox.close()
      sandbox = await startSandbox(options)
    },
    async close() {
      await sandbox.close()
      await vendor.close()
      await database.close()
    },
  }
}

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
