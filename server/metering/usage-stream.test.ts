import { once } from 'node:events'
import { request } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { usageLimits } from '../../contract/metering.ts'
import type { UsageAnswer } from '../../contract/metering.ts'
import { activatedBuyer } from '../../test/cast.ts'
import type { Activated } from '../../test/cast.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { zstdOf } from '../../test/zstd.ts'
import { createApp } from '../app.ts'
import { inTransaction } from '../context.ts'
import { createApiKey } from './create-api-key.ts'

let world: TestServices
let app: FastifyInstance
let owner: Activated
let token: string
let door: URL

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  owner = await activatedBuyer(world, app)
  const key = { workspaceId: owner.workspaceId, name: 'collector', requestKey: crypto.randomUUID() }
  token = (await inTransaction(world.ctx(), (tx) => createApiKey(tx, key))).token
  door = new URL('/v1/usage', await app.listen({ host: '127.0.0.1', port: 0 }))
})
afterAll(async () => {
  await app.close()
  await world.close()
})

interface Sending {
  key?: string
  encoding?: string
}

/** A call whose body is still to be written. */
function open({ key = token, encoding }: Sending = {}): ClientRequest {
  return request(door, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      authorization: `Bearer ${key}`,
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    },
  })
}

async function answerOf(call: ClientRequest) {
  const [response] = (await once(call, 'response')) as [IncomingMessage]
  const text = (await response.toArray()).join('')
  return { status: response.statusCode, body: JSON.parse(text) as UsageAnswer & { error?: { code: string } } }
}

async function send(body: string | Buffer, sending: Sending = {}) {
  const call = open(sending)
  call.end(body)
  return answerOf(call)
}

const line = (source: string, n: number, data: object = { meter: 'traces', quantity: 1 }) =>
  `${JSON.stringify({ specversion: '1.0', type: 'purser.usage.recorded', source, id: `event-${n}`, data })}\n`
const lines = (source: string, count: number) => Array.from({ length: count }, (_, n) => line(source, n)).join('')

async function stored(source: string): Promise<number> {
  const { rows } = await world.pool.query<{ count: number }>(
    `select count(*)::int as count from usage_events where source in (select number from usage_sources where source = $1)`,
    [source],
  )
  return rows[0]?.count ?? 0
}

test('a collector sends more events in one stream than a call may hold, and again: each counts once', async () => {
  const many = lines('many', 5 * usageLimits.eventsPerCall)
  const first = await send(many)
  expect(first).toEqual({ status: 200, body: { inserted: 25_000, duplicates: 0, rejected: [] } })
  expect((await send(many)).body).toEqual({ inserted: 0, duplicates: 25_000, rejected: [] })
  expect(await stored('many')).toBe(25_000)
}, 60_000)

test('a stream may be gzipped or zstd-compressed, and may hold nothing', async () => {
  const some = { inserted: 700, duplicates: 0, rejected: [] }
  expect((await send(gzipSync(lines('zipped', 700)), { encoding: 'gzip' })).body).toEqual(some)
  expect((await send(zstdOf(lines('zstd', 700)), { encoding: 'zstd' })).body).toEqual(some)
  expect(await send('')).toEqual({ status: 200, body: { inserted: 0, duplicates: 0, rejected: [] } })
})

test('what a collector has sent is stored while it is still sending', async () => {
  const call = open()
  const answer = answerOf(call)
  call.write(lines('slow', 450))
  await vi.waitFor(async () => expect(await stored('slow')).toBe(400))
  call.end(line('slow', 450).trimEnd())
  expect((await answer).body).toEqual({ inserted: 451, duplicates: 0, rejected: [] })
})

test('a character cut in two by the network arrives whole, and so does a last line without an end', async () => {
  const bytes = Buffer.from(line('采集器🛰', 0).trimEnd())
  const call = open()
  const answer = answerOf(call)
  for (const byte of bytes) {
    call.write(Buffer.from([byte]))
    await new Promise(setImmediate)
  }
  call.end()
  expect((await answer).body.inserted).toBe(1)
  expect(await stored('采集器🛰')).toBe(1)
})

test('lines that are broken, wrong or too long are refused by their place, and no other is lost', async () => {
  const call = open()
  const answer = answerOf(call)
  call.write(lines('mixed', 250))
  call.write('{"id":\n\n   \r\n')
  for (let part = 0; part < 12; part += 1) call.write('x'.repeat(100_000))
  call.write('\n')
  call.write(line('mixed', 250, { meter: 'coffee', quantity: 1 }))
  call.end(line('mixed', 251))
  const { inserted, rejected } = (await answer).body
  expect(inserted).toBe(251)
  expect(rejected.map(({ index, code, id }) => [index, code, id])).toEqual([
    [250, 'not_json', null],
    [251, 'line_too_long', null],
    [252, 'unknown_meter', 'event-250'],
  ])
})

test('a stream of very many wrong lines is answered with the first of them and how many there were', async () => {
  const { status, body } = await send('{}\n'.repeat(2500))
  expect(status).toBe(422)
  expect(body.rejected).toHaveLength(usageLimits.rejectedListed)
  expect([body.rejected.at(-1)?.index, body.rejectedInAll]).toEqual([999, 2500])
})

test('a connection that breaks loses nothing that was stored, and the stream sent again counts once', async () => {
  const call = open()
  const broken = answerOf(call).catch(() => 'no answer')
  call.write(lines('cut', 500))
  await vi.waitFor(async () => expect(await stored('cut')).toBe(400))
  call.destroy()
  expect(await broken).toBe('no answer')
  expect((await send(lines('cut', 500))).body).toEqual({ inserted: 100, duplicates: 400, rejected: [] })
})

test.each([
  ['gzip', Buffer.from('plain'), 'gzip', 400, 'stream_broken'],
  ['gzip that ends too early', gzipSync(lines('half', 9000)).subarray(0, 5000), 'gzip', 400, 'stream_broken'],
  ['zstd', Buffer.from('plain'), 'zstd', 400, 'stream_broken'],
  ['zstd that ends too early', zstdOf(lines('halved', 900)).subarray(0, 5000), 'zstd', 400, 'stream_broken'],
  ['a compression we know', Buffer.from('x'), 'br', 415, 'media_type_unsupported'],
])('a body that is not %s is answered, not waited for', async (_name, body, encoding, status, code) => {
  const answer = await send(body, { encoding })
  expect([answer.status, answer.body.error?.code]).toEqual([status, code])
})

test('a sender without a right key hears so while sending, and is not listened to for ever', async () => {
  const call = open({ key: `purser_${'x'.repeat(43)}` })
  const over = once(call, 'close')
  call.on('error', () => {})
  const answer = answerOf(call)
  call.write(line('stranger', 0))
  expect((await answer).status).toBe(401)
  await over
  expect(await stored('stranger')).toBe(0)
})
