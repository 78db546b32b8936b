import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as metering from '../../contract/metering.ts'
import type { UsageAnswer } from '../../contract/metering.ts'
import { activatedBuyer } from '../../test/cast.ts'
import type { Activated } from '../../test/cast.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { zstdOf } from '../../test/zstd.ts'
import { createApp } from '../app.ts'
import { inTransaction } from '../context.ts'
import { siteDayOf } from '../workspaces/site-day.ts'
import { createApiKey } from './create-api-key.ts'
import { foldTotals } from './fold-totals.ts'

let world: TestServices
let app: FastifyInstance
let owner: Activated
let token: string

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  owner = await activatedBuyer(world, app)
  token = (await makeKey()).token
})
afterAll(async () => {
  await app.close()
  await world.close()
})

async function makeKey(buyer = owner, name = 'collector') {
  return buyer.browser.call(metering.createApiKey, {
    params: { workspaceId: buyer.workspaceId },
    body: { requestKey: crypto.randomUUID(), name },
  })
}

async function vendorToken(): Promise<string> {
  const made = await inTransaction(world.ctx(), (tx) =>
    createApiKey(tx, { workspaceId: null, name: 'vendor', requestKey: crypto.randomUUID() }),
  )
  return made.token
}

let counter = 0
const event = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  specversion: '1.0',
  type: 'purser.usage.recorded',
  source: 'collector',
  id: `event-${counter++}`,
  time: world.clock.now().toISOString(),
  data: { meter: 'logs', quantity: 1 },
  ...over,
})

interface Sending {
  type?: string
  key?: string | null
  encoding?: string
  language?: string
}

async function post(payload: string | Buffer, sending: Sending = {}) {
  const { type = 'application/json', key = token, encoding, language = 'en' } = sending
  const response = await app.inject({
    method: 'POST',
    url: '/v1/usage',
    headers: {
      'content-type': type,
      'accept-language': language,
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    },
    payload,
  })
  return {
    status: response.statusCode,
    headers: response.headers,
    body: response.json() as UsageAnswer & { error?: { code: string } },
  }
}

const send = (events: unknown, sending: Sending = {}) => post(JSON.stringify(events), sending)

async function total(meter: string, buyer = owner) {
  await foldTotals(world.ctx())
  const usage = await buyer.browser.call(metering.readUsage, { params: { workspaceId: buyer.workspaceId } })
  return usage.meters.find((row) => row.meter === meter)?.today ?? '0'
}

describe('usage that is right', () => {
  test('counts each source and id once for ever, in one call, in later calls and under a key made later', async () => {
    const before = Number(await total('logs'))
    const one = event({ data: { meter: 'logs', quantity: '2.5' } })
    expect((await send([one, one, event()])).body).toEqual({ inserted: 2, duplicates: 1, rejected: [] })
    world.clock.advance(5 * 86_400_000)
    const later = (await makeKey()).token
    expect((await send(one, { key: later })).body).toEqual({ inserted: 0, duplicates: 1, rejected: [] })
    world.clock.advance(1)
    expect(Number(await total('logs'))).toBe(0)
    const { items } = await owner.browser.call(metering.listUsageEvents, {
      params: { workspaceId: owner.workspaceId },
      query: { meter: 'logs', day: '2026-03-10', limit: 100 },
    })
    expect(items.filter((item) => item.id === one.id).map((item) => item.quantity)).toEqual(['2.5'])
    expect(before).toBe(0)
  })

  test('is taken as one event and as a batch, plain, gzipped and zstd-compressed', async () => {
    const answer = { inserted: 1, duplicates: 0, rejected: [] }
    const text = (value: unknown) => JSON.stringify(value)
    const single = 'application/cloudevents+json'
    expect((await post(text(event()), { type: `${single}; charset=utf-8` })).body).toEqual(answer)
    expect((await post(text([event()]), { type: 'application/cloudevents-batch+json' })).body).toEqual(answer)
    expect((await post(gzipSync(text(event())), { encoding: 'gzip' })).body).toEqual(answer)
    expect((await post(zstdOf(text(event())), { encoding: 'zstd' })).body).toEqual(answer)
  })

  test('may tell what was seen where a meter counts oddly, one thing or a list', async () => {
    const buyer = await activatedBuyer(world, app)
    const key = (await makeKey(buyer)).token
    const seen = (meter: string, observed: unknown, item?: string) =>
      event({ data: { meter, observed, ...(item !== undefined && { item }) } })
    const { body } = await send(
      [
        seen('traces', [
          { spans: 1003, traceIds: 2 },
          { spans: 5, traceIds: 4 },
        ]),
        seen('page_views', { resources: 150, longTasks: 100, errors: 0, actions: 1, pageViews: 2 }),
        seen('logs', [{ sizeBytes: 20 * 1024 }, { sizeBytes: 1 }, { sizeBytes: 4096, storage: 'sls' }]),
        seen('triggers', { kind: 'monitor', detections: ['range', 'range'], intervalMinutes: 60 }),
        seen('triggers', { kind: 'smart_rum' }),
        seen('session_replays', { timeSpentSeconds: 9 * 3600 }, 'long'),
        seen('session_replays', { timeSpentSeconds: 60 }, 'short'),
        seen('sensitive_scan', { bytes: 1000, fields: 3 }),
      ],
      { key },
    )
    expect(body).toEqual({ inserted: 8, duplicates: 0, rejected: [] })
    const counted = {
      traces: '104.3',
      page_views: '2.51',
      logs: '5',
      triggers: '113',
      session_replays: '3',
      sensitive_scan: '3000',
    }
    for (const [meter, quantity] of Object.entries(counted))
      expect([meter, await total(meter, buyer)]).toEqual([meter, quantity])
  })

  test('keeps every id as it was sent, whatever characters it has', async () => {
    const odd = ['"', "'", '\\', '\\"', ',', '{a,b}', '{}', 'NULL', 'null', '\\N', ' x ', '日志 🛰', '\\x00', '$1', '%s']
    const ids = odd.map((text) => `${text}#${counter}`)
    const events = ids.flatMap((id) => [
      event({ id, source: id, data: { meter: 'network_hosts', item: id } }),
      event({ id, data: { meter: 'sms', quantity: 1 } }),
    ])
    expect((await send(events)).body).toEqual({ inserted: 2 * ids.length, duplicates: 0, rejected: [] })
    expect((await send(events)).body.duplicates).toBe(2 * ids.length)
    const { items } = await owner.browser.call(metering.listUsageEvents, {
      params: { workspaceId: owner.workspaceId },
      query: { meter: 'network_hosts', day: siteDayOf(world.clock.now(), 'Asia/Shanghai'), limit: 100 },
    })
    const listed = new Set(items.map(({ id, source, item }) => `${id}|${source}|${item}`))
    expect(ids.filter((id) => !listed.has(`${id}|${id}|${id}`))).toEqual([])
  })

  test('without a time counts when it arrives', async () => {
    const { time: _left, ...timeless } = event({ data: { meter: 'traces', quantity: 7 } })
    await send(timeless)
    expect(await total('traces')).toBe('7')
  })
})

describe('usage that is wrong', () => {
  const wrong: [string, (good: Record<string, unknown>) => unknown, string, string | null][] = [
    ['no object', () => 'usage', 'invalid', ''],
    ['null', () => null, 'invalid', ''],
    ['another CloudEvents version', (good) => ({ ...good, specversion: '0.3' }), 'invalid', 'specversion'],
    ['no id', (good) => ({ ...good, id: undefined }), 'invalid', 'id'],
    ['a number as id', (good) => ({ ...good, id: 7 }), 'invalid', 'id'],
    ['an empty id', (good) => ({ ...good, id: '' }), 'invalid', 'id'],
    ['an id of 201 characters', (good) => ({ ...good, id: 'x'.repeat(201) }), 'invalid', 'id'],
    ['an id with a NUL', (good) => ({ ...good, id: 'a\u0000b' }), 'invalid', 'id'],
    ['half a surrogate pair', (good) => ({ ...good, source: '\ud800' }), 'invalid', 'source'],
    ['no source', (good) => ({ ...good, source: undefined }), 'invalid', 'source'],
    ['an unknown type', (good) => ({ ...good, type: 'usage' }), 'invalid', 'type'],
    ['no data', (good) => ({ ...good, data: undefined }), 'invalid', 'data'],
    ['a list as data', (good) => ({ ...good, data: [] }), 'invalid', 'data'],
    ['binary data', (good) => ({ ...good, data: undefined, data_base64: 'AA==' }), 'invalid', 'data_base64'],
    ['a time without offset', (good) => ({ ...good, time: '2026-03-10T04:00:00' }), 'invalid', 'time'],
    ['a day that does not exist', (good) => ({ ...good, time: '2026-02-30T04:00:00Z' }), 'invalid', 'time'],
    ['a time as number', (good) => ({ ...good, time: 1773115200 }), 'invalid', 'time'],
    ['a time ahead', (good) => ({ ...good, time: shifted(301_000) }), 'too_far_ahead', 'time'],
    ['the year 9999', (good) => ({ ...good, time: '9999-12-31T23:59:59Z' }), 'too_far_ahead', 'time'],
    ['an ancient time', (good) => ({ ...good, time: '1970-01-01T00:00:00Z' }), 'too_late', 'time'],
    ['a time just too old', (good) => ({ ...good, time: shifted(-62 * 86_400_000 - 1) }), 'too_late', 'time'],
    ['no meter', (good) => ({ ...good, data: { quantity: 1 } }), 'invalid', 'data.meter'],
    [
      'an unknown meter',
      (good) => ({ ...good, data: { meter: 'coffee', quantity: 1 } }),
      'unknown_meter',
      'data.meter',
    ],
    [
      'a meter named like a property',
      (good) => ({ ...good, data: { meter: '__proto__', quantity: 1 } }),
      'unknown_meter',
      'data.meter',
    ],
    ['no quantity', (good) => ({ ...good, data: { meter: 'logs' } }), 'invalid', 'data.quantity'],
    ['a negative quantity', (good) => ({ ...good, data: { meter: 'logs', quantity: -1 } }), 'invalid', 'data.quantity'],
    ['NaN as text', (good) => ({ ...good, data: { meter: 'logs', quantity: 'NaN' } }), 'invalid', 'data.quantity'],
    [
      'Infinity as text',
      (good) => ({ ...good, data: { meter: 'logs', quantity: 'Infinity' } }),
      'invalid',
      'data.quantity',
    ],
    ['1e308', (good) => ({ ...good, data: { meter: 'logs', quantity: 1e308 } }), 'invalid', 'data.quantity'],
    ['1e308 as text', (good) => ({ ...good, data: { meter: 'logs', quantity: '1e308' } }), 'invalid', 'data.quantity'],
    [
      'more than a double tells apart',
      (good) => ({ ...good, data: { meter: 'logs', quantity: 2 ** 53 } }),
      'invalid',
      'data.quantity',
    ],
    [
      'a hexadecimal quantity',
      (good) => ({ ...good, data: { meter: 'logs', quantity: '0x10' } }),
      'invalid',
      'data.quantity',
    ],
    [
      'a quantity with 13 decimals',
      (good) => ({ ...good, data: { meter: 'logs', quantity: '0.0000000000001' } }),
      'invalid',
      'data.quantity',
    ],
    ['true as quantity', (good) => ({ ...good, data: { meter: 'logs', quantity: true } }), 'invalid', 'data.quantity'],
    ['a list as quantity', (good) => ({ ...good, data: { meter: 'logs', quantity: [1] } }), 'invalid', 'data.quantity'],
    [
      'a misspelt member',
      (good) => ({ ...good, data: { meter: 'logs', quantity: 1, retentoin: 7 } }),
      'invalid',
      'data.retentoin',
    ],
    [
      'a retention not offered',
      (good) => ({ ...good, data: { meter: 'logs', quantity: 1, retentionDays: 8 } }),
      'invalid',
      'data.retentionDays',
    ],
    [
      'retention where there is one price',
      (good) => ({ ...good, data: { meter: 'sms', quantity: 1, retentionDays: 7 } }),
      'invalid',
      'data.retentionDays',
    ],
    ['hosts without an item', (good) => ({ ...good, data: { meter: 'network_hosts' } }), 'invalid', 'data.item'],
    [
      'half a host',
      (good) => ({ ...good, data: { meter: 'network_hosts', item: 'a', quantity: 0.5 } }),
      'invalid',
      'data.quantity',
    ],
    [
      'an item where none are counted',
      (good) => ({ ...good, data: { meter: 'logs', quantity: 1, item: 'a' } }),
      'invalid',
      'data.item',
    ],
    [
      'an unknown workspace',
      (good) => ({ ...good, subject: `wksp_${'0'.repeat(32)}` }),
      'unknown_workspace',
      'subject',
    ],
    ['a void of nothing', (good) => ({ ...good, type: 'purser.usage.voided', data: {} }), 'invalid', 'data.corrects'],
    [
      'a void of an unknown event',
      (good) => ({ ...good, type: 'purser.usage.voided', data: { corrects: { id: 'never' } } }),
      'unknown_target',
      'data.corrects',
    ],
    [
      'a void of itself',
      (good) => ({ ...good, type: 'purser.usage.voided', data: { corrects: { id: good['id'] } } }),
      'invalid',
      'data.corrects',
    ],
  ]
  const shifted = (milliseconds: number) => new Date(world.clock.now().getTime() + milliseconds).toISOString()

  test('is refused event by event, each with its place, code, member and words, and nothing else is lost', async () => {
    const events = wrong.flatMap(([, spoil]) => [spoil(event()), event({ data: { meter: 'page_views', quantity: 1 } })])
    const { status, body } = await send(events)
    expect(status).toBe(200)
    expect([body.inserted, body.duplicates]).toEqual([wrong.length, 0])
    expect(body.rejected.map(({ index, code, field }) => [wrong[index / 2]?.[0], code, field])).toEqual(
      wrong.map(([name, , code, field]) => [name, code, field]),
    )
    for (const { message } of body.rejected) expect(message).not.toMatch(/[{}]|undefined/)
    expect(await total('page_views')).toBe(String(wrong.length))
  })

  test('alone is answered 422 with the reason, in the caller’s language', async () => {
    const { status, body } = await send(event({ data: { meter: 'logs', quantity: -1 } }), { language: 'zh' })
    expect(status).toBe(422)
    expect(body).toMatchObject({
      inserted: 0,
      duplicates: 0,
      rejected: [{ index: 0, code: 'invalid', field: 'data.quantity' }],
    })
    expect(body.rejected[0]?.message).toMatch(/[一-龥]/)
  })

  test.each([
    ['malformed JSON', '{"id":', {}, 400, 'body_unreadable'],
    ['nothing', '', {}, 400, 'body_unreadable'],
    ['an object where a batch was said', '{}', { type: 'application/cloudevents-batch+json' }, 400, 'body_unreadable'],
    ['what is not gzip', 'plain', { encoding: 'gzip' }, 400, 'body_unreadable'],
    ['what is not zstd', 'plain', { encoding: 'zstd' }, 400, 'body_unreadable'],
    ['another compression', 'x', { encoding: 'br' }, 415, 'media_type_unsupported'],
    ['a form', 'id=1', { type: 'application/x-www-form-urlencoded' }, 415, 'media_type_unsupported'],
    ['9 MiB', 'x'.repeat(9 * 1024 * 1024), {}, 413, 'body_too_large'],
    ['a gzip bomb', gzipSync(Buffer.alloc(64 * 1024 * 1024)), { encoding: 'gzip' }, 413, 'body_too_large'],
    ['5,001 events', `[${'{},'.repeat(5000)}{}]`, {}, 413, 'too_many_events'],
    ['no key', '{}', { key: null }, 401, 'api_key_wrong'],
    ['a wrong key', '{}', { key: `purser_${'x'.repeat(43)}` }, 401, 'api_key_wrong'],
    ['something else as key', '{}', { key: '../../etc' }, 401, 'api_key_wrong'],
  ])('%s is refused whole', async (_name, payload, sending, status, code) => {
    const answer = await post(payload, sending)
    expect([answer.status, answer.body.error?.code]).toEqual([status, code])
  })
})

describe('keys', () => {
  test('of another workspace report nothing here, and learn nothing', async () => {
    const other = await activatedBuyer(world, app)
    const theirs = (await makeKey(other)).token
    const mine = event({ subject: owner.workspaceId })
    const { body } = await send([mine, { ...mine, subject: `wksp_${'1'.repeat(32)}` }], { key: theirs })
    expect(body.rejected.map(({ code }) => code)).toEqual(['unknown_workspace', 'unknown_workspace'])
    expect(body.rejected[0]?.message).toBe(body.rejected[1]?.message)
    const { subject: _mine, ...same } = mine
    expect((await send(same)).body.inserted).toBe(1)
    expect((await send(same, { key: theirs })).body.inserted).toBe(1)
  })

  test('of the vendor report for every workspace, but only by naming it', async () => {
    const vendor = await vendorToken()
    const named = event({ subject: owner.workspaceId })
    const { body } = await send([event(), named, named], { key: vendor })
    expect(body).toMatchObject({ inserted: 1, duplicates: 1, rejected: [{ index: 0, code: 'unknown_workspace' }] })
  })

  test('are shown once, listed by their beginning, rotated with an overlap, and revoked at once', async () => {
    const params = { workspaceId: owner.workspaceId }
    const requestKey = crypto.randomUUID()
    const made = await owner.browser.call(metering.createApiKey, { params, body: { requestKey, name: 'agent' } })
    const again = await owner.browser.call(metering.createApiKey, { params, body: { requestKey, name: 'agent' } })
    expect(again).toEqual(made)
    const rotated = await owner.browser.call(metering.rotateApiKey, {
      params: { ...params, apiKeyId: made.id },
      body: { requestKey: crypto.randomUUID() },
    })
    expect((await send(event(), { key: made.token })).status).toBe(200)
    expect((await send(event(), { key: rotated.token })).status).toBe(200)
    world.clock.advance(24 * 3_600_000)
    expect((await send(event(), { key: made.token })).status).toBe(401)
    const { items } = await owner.browser.call(metering.listApiKeys, { params })
    const listed = items.find((item) => item.id === rotated.id)
    expect(listed).toMatchObject({ name: 'agent', beginsWith: rotated.token.slice(0, 13) })
    expect(JSON.stringify(items)).not.toContain(rotated.token)
    await owner.browser.call(metering.revokeApiKey, { params: { ...params, apiKeyId: rotated.id } })
    expect((await send(event(), { key: rotated.token })).status).toBe(401)
  })

  test('are kept as digests: no token stands in the database', async () => {
    const { rows } = await world.pool.query<{ row: string }>('select api_keys::text as row from api_keys')
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.some(({ row }) => row.includes(token))).toBe(false)
  })
})

describe('workspaces', () => {
  test('that are locked are told so, and take usage again when they are not', async () => {
    const buyer = await activatedBuyer(world, app)
    const key = (await makeKey(buyer)).token
    const standing = (to: string) =>
      world.pool.query('update workspaces set standing = $1, dissolves_at = $2 where id = $3', [
        to,
        to === 'locked' ? world.clock.now() : null,
        buyer.workspaceId,
      ])
    await standing('locked')
    const refused = await send(event(), { key })
    expect([refused.status, refused.body.rejected[0]?.code]).toEqual([422, 'workspace_locked'])
    await standing('active')
    world.clock.advance(2000)
    expect((await send(event(), { key })).body.inserted).toBe(1)
  })

  test('on the free plan take what the plan includes, up to its quota of the day', async () => {
    const buyer = await activatedBuyer(world, app)
    await world.pool.query("update workspaces set plan = 'free' where id = $1", [buyer.workspaceId])
    const key = (await makeKey(buyer)).token
    const profiles = (quantity: number) => send(event({ data: { meter: 'profiles', quantity } }), { key })
    expect((await profiles(59)).status).toBe(200)
    await foldTotals(world.ctx())
    world.clock.advance(2000)
    expect((await profiles(1)).status).toBe(200)
    await foldTotals(world.ctx())
    world.clock.advance(2000)
    const over = await profiles(1)
    expect([over.status, over.body.rejected[0]?.code]).toEqual([422, 'free_quota_exceeded'])
    expect((await send(event({ data: { meter: 'sms', quantity: 1 } }), { key })).body.rejected[0]?.code).toBe(
      'not_on_free_plan',
    )
    world.clock.advance(24 * 3_600_000)
    expect((await profiles(1)).status).toBe(200)
  })
})

test('when more waits than may, a call is told to come again and loses nothing; the others are committed', async () => {
  const buyer = await activatedBuyer(world, app)
  const key = (await makeKey(buyer)).token
  const call = () =>
    Array.from({ length: 5000 }, () => event({ data: { meter: 'triggers', quantity: 1 } })).map((each) =>
      JSON.stringify(each),
    )
  const calls = Array.from({ length: 15 }, () => `[${call().join(',')}]`)
  // Nothing can be written while somebody else holds the table, so everything waits.
  const holder = await world.pool.connect()
  await holder.query('begin; lock table usage_events in access exclusive mode')
  const answers = calls.map((body) => post(body, { key }))
  const first = await Promise.race(answers)
  expect([first.status, first.body.error?.code, first.headers['retry-after']]).toEqual([429, 'usage_busy', '1'])
  await holder.query('commit')
  holder.release()
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([200, 429]))
  const again = await Promise.all(
    calls.filter((_body, index) => statuses[index] === 429).map((body) => post(body, { key })),
  )
  expect(again.map(({ body }) => body.inserted)).toEqual(again.map(() => 5000))
  expect(await total('triggers', buyer)).toBe('75000')
})

describe('corrections', () => {
  test('void and replace earlier events, once each, and may be repeated', async () => {
    const buyer = await activatedBuyer(world, app)
    const key = (await makeKey(buyer)).token
    const at = (meter: string, quantity: number, id: string) => event({ id, data: { meter, quantity } })
    const hosts = ['a', 'a', 'b'].map((item, index) =>
      event({ id: `host-${index}`, data: { meter: 'network_hosts', item } }),
    )
    await send(
      [
        at('logs', 10, 'l1'),
        at('logs', 5, 'l2'),
        at('forwarding_internal', 9, 'f1'),
        at('forwarding_internal', 4, 'f2'),
        ...hosts,
      ],
      { key },
    )
    await foldTotals(world.ctx())
    const voids = (id: string, own: string) =>
      event({ id: own, type: 'purser.usage.voided', data: { corrects: { id } } })
    const replaces = event({
      id: 'r1',
      type: 'purser.usage.replaced',
      data: { corrects: { id: 'l2' }, meter: 'logs', quantity: '1.5' },
    })
    const corrections = [voids('l1', 'v1'), replaces, voids('f1', 'v2'), voids('host-0', 'v3'), voids('host-2', 'v4')]
    expect((await send(corrections, { key })).body).toEqual({ inserted: 5, duplicates: 0, rejected: [] })
    expect((await send(corrections, { key })).body).toEqual({ inserted: 0, duplicates: 5, rejected: [] })
    expect((await send(voids('l1', 'v9'), { key })).body.rejected[0]?.code).toBe('already_corrected')
    expect((await send(voids('v1', 'v10'), { key })).body.rejected[0]?.code).toBe('unknown_target')
    expect((await send(voids('l2', 'host-1'), { key })).body.rejected[0]?.code).toBe('id_taken')
    expect((await send(event({ id: 'v1' }), { key })).body).toMatchObject({ inserted: 0, duplicates: 1 })
    expect(await total('logs', buyer)).toBe('1.5')
    expect(await total('forwarding_internal', buyer)).toBe('4')
    expect(await total('network_hosts', buyer)).toBe('1')
    expect((await send(voids('r1', 'v11'), { key })).body.inserted).toBe(1)
    expect(await total('logs', buyer)).toBe('0')
  })
})
