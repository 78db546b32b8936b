/*
 * How fast purchases and activations go, on the embedded database with every write durable.
 *   npm run bench -- activation [--seconds 10] [--buyers 200] [--at-once 16]
 * The server runs in a process of its own; this one plays marketplace, buyers and mail server.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { sandboxKeys } from '../server/config.ts'
import { hashPassword } from '../server/identity/passwords.ts'
import { spiToken } from '../server/marketplaces/alibaba/spi-token.ts'
import { startEmbeddedPostgres } from '../server/platform/db/embedded.ts'
import { startPurser } from '../server/start.ts'
import { productCode, termsVersion, testConfig } from '../test/catalogue.ts'
import { testInbox } from '../test/inbox.ts'
import type { TestInbox } from '../test/inbox.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    buyers: { type: 'string', default: '200' },
    'at-once': { type: 'string', default: '16' },
  },
})
const atOnce = Number(values['at-once'])

/** The child: a whole Purser on the database and mail server it is told. */
async function serveForParent(): Promise<void> {
  const [told] = (await once(process, 'message')) as [{ connection: never; smtpUrl: string }]
  const base = testConfig(told.connection, told.smtpUrl)
  // Without API keys nothing asks a marketplace that is not there.
  const alibaba = { ...base.marketplaces.alibaba!, accessKeyId: null, accessKeySecret: null }
  const config = { ...base, publicUrl: 'http://127.0.0.1:1', port: 0, marketplaces: { alibaba } }
  const purser = await startPurser({ config })
  process.send?.({ url: purser.url })
  await once(process, 'disconnect')
  await purser.close()
}

async function measure(): Promise<void> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'purser-bench-'))
  const postgres = await startEmbeddedPostgres({ dataDir })
  const inbox = await testInbox()
  const child = fork(fileURLToPath(import.meta.url), [], { stdio: 'inherit' })
  try {
    child.send({ connection: postgres.connection, smtpUrl: inbox.smtpUrl })
    const [{ url }] = (await once(child, 'message')) as [{ url: string }]
    console.log(`${os.cpus().length} cores, Node ${process.versions.node}, ${atOnce} at once`)
    await measureNotifications(url)
    await measureActivations(url, inbox)
    await measureHashing()
  } finally {
    child.disconnect()
    await once(child, 'exit')
    await inbox.close()
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce * 2 })

interface Sent {
  status: number
  body: string
  location: string
  cookies: string[]
}

async function send(
  url: string,
  options: Omit<http.RequestOptions, 'headers'> & { headers?: http.OutgoingHttpHeaders } = {},
  body?: object,
): Promise<Sent> {
  const payload = body === undefined ? undefined : JSON.stringify(body)
  const headers = { ...options.headers, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) }
  const request = http.request(url, { ...options, headers, agent })
  request.end(payload)
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  const parts: Buffer[] = []
  for await (const part of response) parts.push(part as Buffer)
  return {
    status: response.statusCode ?? 0,
    body: Buffer.concat(parts).toString(),
    location: response.headers.location ?? '',
    cookies: (response.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? ''),
  }
}

let orders = 0

function signed(params: Record<string, string>): string {
  return new URLSearchParams({ ...params, token: spiToken(params, sandboxKeys.alibabaSpiKey) }).toString()
}

async function purchase(url: string): Promise<string> {
  orders += 1
  const query = signed({
    action: 'createInstance',
    aliUid: String(1_000_000_000_000_000 + orders),
    orderBizId: String(800_000_000 + orders),
    orderId: String(260_000_000_000_000 + orders),
    productCode,
    skuId: `${productCode}-postpay`,
    trial: 'false',
  })
  const answer = await send(`${url}/marketplaces/alibaba/spi?${query}`)
  const { instanceId } = JSON.parse(answer.body) as { instanceId: string }
  if (instanceId === '0') throw new Error(`createInstance was not taken: ${answer.body}`)
  return instanceId
}

async function measureNotifications(url: string): Promise<void> {
  for (let warm = 0; warm < 200; warm++) await purchase(url)
  const until = performance.now() + Number(values.seconds) * 1000
  const times: number[] = []
  const started = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() < until) {
        const before = performance.now()
        await purchase(url)
        times.push(performance.now() - before)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  console.log(
    `SPI createInstance   ${(times.length / seconds).toFixed(0)}/s   ${percentiles(times)}   (${times.length} new instances)`,
  )
}

async function measureActivations(url: string, inbox: TestInbox): Promise<void> {
  const queue = Array.from({ length: Number(values.buyers) }, (_nothing, index) => index)
  const times: number[] = []
  const started = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let buyer = queue.shift(); buyer !== undefined; buyer = queue.shift()) {
        const before = performance.now()
        await activate(url, inbox, buyer)
        times.push(performance.now() - before)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  console.log(
    `complete activations ${(times.length / seconds).toFixed(1)}/s   ${percentiles(times)}   (purchase, Direct Login, code by mail, both accounts, workspace, signed in)`,
  )
}

/** A buyer who has nothing, all the way into the workspace, as a browser without a screen. */
async function activate(url: string, inbox: TestInbox, buyer: number): Promise<void> {
  const email = `buyer${buyer}@bench.example`
  const instanceId = await purchase(url)
  const timeStamp = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  const login = await send(`${url}/marketplaces/alibaba/login?${signed({ action: 'verify', instanceId, timeStamp })}`, {
    localAddress: `127.0.${Math.floor(buyer / 250) % 250}.${(buyer % 250) + 1}`,
  })
  if (login.location !== '/activate') throw new Error(`Direct Login led to ${login.location}`)
  const headers = { cookie: login.cookies.join('; '), 'x-purser-request': '1' }
  const call = async (method: string, place: string, body: object) => {
    const answer = await send(`${url}/v1/activation/${place}`, { method, headers }, body)
    if (answer.status !== 200) throw new Error(`${place}: ${answer.status} ${answer.body}`)
  }
  await call('PUT', 'path', { path: 'new' })
  await call('POST', 'basic/code', { email, site: 'cn1' })
  const code = await codeFrom(inbox, email)
  await call('PUT', 'basic', { site: 'cn1', username: `bench${buyer}`, password: 'a quiet harbour', email, code })
  await call('PUT', 'company', { company: { name: 'Bench' }, acceptTerms: termsVersion })
  await call('POST', 'method', { workspaceName: `ws-${buyer}`, language: 'en' })
  await call('POST', 'confirm', {})
}

async function codeFrom(inbox: TestInbox, email: string): Promise<string> {
  while (inbox.to(email).length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  return inbox.codeFor(email)
}

/** The ceiling no activation can pass: each registers one password. */
async function measureHashing(): Promise<void> {
  const count = 200
  const started = performance.now()
  const queue = Array.from({ length: count })
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (queue.pop() !== undefined || queue.length > 0) await hashPassword('a quiet harbour')
    }),
  )
  console.log(
    `argon2id alone       ${(count / ((performance.now() - started) / 1000)).toFixed(0)}/s   (one per activation; nothing else running)`,
  )
}

function percentiles(times: number[]): string {
  const sorted = times.toSorted((left, right) => left - right)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
  return `p50 ${at(0.5)} ms  p99 ${at(0.99)} ms`
}

if (process.send) await serveForParent()
else await measure()
