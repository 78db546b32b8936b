import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '../contract/endpoint.ts'
import { idPrefixes } from '../contract/ids.ts'
import type { IdKind } from '../contract/ids.ts'
import { createApiKey } from '../contract/metering.ts'
import { testBrowser } from '../test/browser.ts'
import type { TestBrowser } from '../test/browser.ts'
import { activatedBuyer } from '../test/cast.ts'
import type { Activated } from '../test/cast.ts'
import { testServices } from '../test/services.ts'
import type { TestServices } from '../test/services.ts'
import { someUsage } from '../test/usage.ts'
import { createApp, routes } from './app.ts'
import { closeDueDays } from './bills/close-due-days.ts'
import { seedPriceBooks } from './rating/seed-price-books.ts'

let world: TestServices
let app: FastifyInstance
let owner: Activated
let stranger: TestBrowser

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  owner = await activatedBuyer(world, app)
  const { workspaceId } = owner
  const body = { requestKey: crypto.randomUUID(), name: 'collector' }
  const apiKeyId = (await owner.browser.call(createApiKey, { params: { workspaceId }, body })).id
  owner = { ...owner, ids: { ...owner.ids, apiKeyId } }
  owner.ids['dailyBillId'] = await billOf(owner)
  stranger = (await activatedBuyer(world, app)).browser
})
afterAll(async () => {
  await app.close()
  await world.close()
})

/** What the owner's usage of a day comes to. */
async function billOf({ workspaceId }: Activated): Promise<string> {
  await seedPriceBooks(world.ctx())
  await someUsage(world.ctx(), [{ workspaceId, meter: 'sms', quantity: '10' }])
  world.clock.advance(86_400_000)
  await closeDueDays(world.ctx())
  const bill = await world.services.db.selectFrom('daily_bills').select('id').executeTakeFirstOrThrow()
  return bill.id
}

const endpoints: readonly Endpoint[] = routes.map((route) => route.endpoint)
const guarded = endpoints.filter((endpoint) => endpoint.access.who !== 'anyone')
const ofOperators = guarded.filter((endpoint) => endpoint.access.who === 'operator')
const withIds = guarded.filter((endpoint) => !ofOperators.includes(endpoint) && /:\w+Id\b/.test(endpoint.path))

test('no endpoint lacks a rule for who may call it, and no two share a name or a place', () => {
  const rules = ['anyone', 'activation', 'console', 'workspace', 'billing', 'operator', 'usage-key']
  for (const endpoint of endpoints) expect(rules, endpoint.name).toContain(endpoint.access.who)
  const distinct = (of: (endpoint: Endpoint) => string) => new Set(endpoints.map(of)).size
  expect(distinct((endpoint) => endpoint.name)).toBe(endpoints.length)
  expect(distinct((endpoint) => `${endpoint.method} ${endpoint.path}`)).toBe(endpoints.length)
})

test('every address of the API belongs to an endpoint of the contract, so that none escapes this walk', async () => {
  await app.ready()
  const served = servedPaths(app.printRoutes({ commonPrefix: false })).filter((path) => path.startsWith('/v1/'))
  expect(served.length).toBeGreaterThan(30)
  const known = new Set(endpoints.map((endpoint) => endpoint.path))
  expect(served.filter((path) => !known.has(path))).toEqual([])
})

/** Reads fastify's drawing of its routes: a tree whose depth is the indentation, four signs a level. */
function servedPaths(drawing: string): string[] {
  const branch: string[] = []
  return drawing.split('\n').flatMap((line) => {
    const found = /^([\s│]*)(?:├──|└──) (\S+)(.*)$/.exec(line)
    if (!found) return []
    const [, indent = '', part = '', methods = ''] = found
    branch.splice(indent.length / 4, branch.length, part)
    return methods.includes('(') ? [branch.join('')] : []
  })
}

describe.each(guarded.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_name, endpoint) => {
  test('tells somebody who is nobody to sign in, and nothing else', async () => {
    const answer = await call(testBrowser(app), endpoint, existing)
    expect([endpoint.name, answer.statusCode]).toEqual([endpoint.name, 401])
  })

  test('refuses a write another site made the browser send', async () => {
    if (endpoint.method === 'GET') return
    const response = await app.inject({
      method: endpoint.method,
      url: urlOf(endpoint, existing),
      headers: { cookie: cookieOf(stranger), origin: 'https://evil.example', 'x-purser-request': '1' },
      payload: {},
    })
    const keyed = endpoint.access.who === 'usage-key'
    expect(response.statusCode).toBe(keyed ? 401 : 403)
  })
})

describe.each(withIds.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_name, endpoint) => {
  test('answers a stranger 404 for an id that is somebody else’s', async () => {
    const answer = await call(stranger, endpoint, existing)
    expect([endpoint.name, answer.statusCode]).toEqual([endpoint.name, 404])
  })

  test('answers 404 for an id nobody has, and for one of another kind', async () => {
    for (const idFor of [unknown, otherKind]) {
      const answer = await call(stranger, endpoint, idFor)
      expect([endpoint.name, answer.statusCode]).toEqual([endpoint.name, 404])
    }
  })
})

test.each(ofOperators.map((endpoint) => [endpoint.name, endpoint] as const))(
  '%s tells a customer to sign in as an operator, whatever the id',
  async (_name, endpoint) => {
    for (const idFor of [existing, unknown]) {
      expect((await call(stranger, endpoint, idFor)).statusCode).toBe(401)
    }
  },
)

type IdFor = (name: string) => string

/** An id that exists and belongs to the other people of this world. */
const existing: IdFor = (name) => owner.ids[name] ?? unknown(name)
const unknown: IdFor = (name) => `${idPrefixes[name.replace(/Id$/, '') as IdKind] ?? 'none'}_${'0'.repeat(32)}`
const otherKind: IdFor = () => `none_${'0'.repeat(32)}`

/** Parts of a path that are no ids: the same for everybody. */
const places: Record<string, string> = { site: 'cn1', position: '1' }

function urlOf(endpoint: Endpoint, idFor: IdFor): string {
  return endpoint.path.replace(/:(\w+)/g, (_colon, name: string) => places[name] ?? idFor(name))
}

function cookieOf(browser: TestBrowser): string {
  return [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

/** What an endpoint that wants a body must be sent, so that it is the id and not the body that is refused. */
const bodies: Record<string, object> = {
  changeSettlement: { method: 'balance' },
}

async function call(browser: TestBrowser, endpoint: Endpoint, idFor: IdFor) {
  return app.inject({
    method: endpoint.method,
    url: urlOf(endpoint, idFor),
    headers: { cookie: cookieOf(browser), 'x-purser-request': '1' },
    ...(endpoint.method !== 'GET' && { payload: bodies[endpoint.name] ?? {} }),
  })
}
