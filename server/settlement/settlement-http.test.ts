import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as settlement from '../../contract/settlement.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { operatorBrowser } from '../../test/operator.ts'
import { activatedBuyer } from '../../test/cast.ts'
import type { Activated } from '../../test/cast.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { createApp } from '../app.ts'
import { inTransaction } from '../context.ts'
import { findInstance } from '../marketplaces/read-instance.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { contribute } from './contribute.ts'
import { meteredInstance } from './metered.ts'
import { runSettlement } from './run-settlement.ts'

/* No marketplace listens here: what is sealed cannot be sent. */
let world: TestServices
let app: FastifyInstance
let buyer: Activated
let operator: TestBrowser
let instance: InstanceRow

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  buyer = await activatedBuyer(world, app)
  operator = await operatorBrowser(world, app)
  const found = await findInstance(world.ctx(), { marketplace: 'alibaba', instanceRef: buyer.bought.instanceRef })
  instance = found!
  for (let hour = 0; hour < 5; hour += 1) {
    await used(String(1000 * (hour + 1) + 500))
    world.clock.advance(3_600_000)
  }
  await used('6500')
  world.clock.advance(45 * 60_000)
  await runSettlement(world.ctx())
})
afterAll(async () => {
  await app.close()
  await world.close()
})

async function used(total: string) {
  const metered = meteredInstance(world.ctx(), instance)!
  const at = world.clock.now()
  await inTransaction(world.ctx(), (tx) =>
    contribute(tx, {
      instance,
      metered,
      dimension: metered.dimensions[0]!,
      source: `test/${at.toISOString()}`,
      total,
      at,
    }),
  )
}

async function everyPage<Item>(
  read: (cursor: string | undefined) => Promise<{ items: Item[]; nextCursor: string | null }>,
) {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return items
}

test('an operator pages through reports by deadline, either way, and filters them by state', async () => {
  const list = (query: object) =>
    everyPage((cursor) =>
      operator.call(settlement.listPushes, { query: { ...query, limit: 2, ...(cursor && { cursor }) } }),
    )
  const latest = await list({})
  const soonest = await list({ order: 'soonest' })
  expect(latest).toHaveLength(6)
  expect(soonest.map((each) => each.id)).toEqual(latest.map((each) => each.id).toReversed())
  expect(new Set(latest.map((each) => each.state))).toEqual(new Set(['EXPIRED', 'SEALED', 'OPEN']))
  const sealed = await list({ state: 'SEALED' })
  expect(sealed).toMatchObject([
    { state: 'SEALED', code: 'ECONNREFUSED', attempts: 1, instanceRef: instance.instance_ref },
  ])
  expect(await list({ instanceRef: 'nobody' })).toEqual([])
})

test('the summary counts every state', async () => {
  const { states } = await operator.call(settlement.readPushSummary, {})
  expect(Object.fromEntries(states.map((each) => [each.state, each.count]))).toMatchObject({
    EXPIRED: 4,
    SEALED: 1,
    OPEN: 1,
    UNKNOWN: 0,
  })
})

test('the deadlines of what has not ended are counted by the hour, warned ones apart', async () => {
  const { deadlines } = await operator.call(settlement.readPushSummary, {})
  const { items } = await operator.call(settlement.listPushes, { query: { order: 'soonest' } })
  const hourOf = (state: string) => `${items.find((push) => push.state === state)!.deadline.slice(0, 13)}:00:00.000Z`
  expect(deadlines).toEqual({
    past: 0,
    hours: [
      { from: hourOf('SEALED'), open: 0, waiting: 0, near: 1 },
      { from: hourOf('OPEN'), open: 1, waiting: 0, near: 0 },
    ],
  })
})

test('one report shows its calls, what it is made of, and every step of its arithmetic', async () => {
  const { items } = await operator.call(settlement.listPushes, { query: { state: 'SEALED' } })
  const { id } = items[0]!
  const push = await operator.call(settlement.readPush, { params: { usageRecordId: id } })
  expect(push.calls).toMatchObject([{ verdict: 'retry', code: 'ECONNREFUSED', reports: 1 }])
  expect(push.sealed).toMatchObject({ carriedIn: '0', unit: '1000', units: '5', carriedOut: '500' })
  const sources = await operator.call(settlement.listPushSources, { params: { usageRecordId: id } })
  expect(sources.items).toMatchObject([{ quantity: '5500', source: expect.stringMatching(/^test\//) }])
})

test('an unknown report is settled by an operator with a reason, and only once', async () => {
  const { items } = await operator.call(settlement.listPushes, { query: { state: 'SEALED' } })
  const params = { usageRecordId: items[0]!.id }
  const asked = { params, body: { resolution: 'accepted' as const, because: 'seen in the bill of 10 March' } }
  expect(await operator.refused(settlement.resolvePush, asked)).toMatchObject({ code: 'push_not_unknown', status: 409 })
  await world.services.db
    .updateTable('usage_records')
    .set({ state: 'SENDING' })
    .where('id', '=', params.usageRecordId)
    .execute()
  await world.services.db
    .updateTable('usage_records')
    .set({ state: 'UNKNOWN' })
    .where('id', '=', params.usageRecordId)
    .execute()
  expect(
    await operator.refused(settlement.resolvePush, { ...asked, body: { ...asked.body, because: '' } }),
  ).toMatchObject({
    code: 'bad_input',
    fields: [{ path: 'because' }],
  })
  for (const _again of [1, 2]) {
    expect(await operator.call(settlement.resolvePush, asked)).toMatchObject({
      state: 'ACCEPTED',
      message: 'seen in the bill of 10 March',
    })
  }
})

test('operators are mailed once before a deadline', async () => {
  await world.runJobs()
  const mails = world.inbox.to('operators@guance.test')
  expect(mails).toHaveLength(1)
})

test('the payer sees what was reported for the instance; nobody else does', async () => {
  const params = { instanceId: instance.id }
  const reported = await everyPage((cursor) =>
    buyer.browser.call(settlement.listReportedUsage, { params, query: { limit: 2, ...(cursor && { cursor }) } }),
  )
  expect(reported).toHaveLength(6)
  expect(reported[1]).toMatchObject({
    measured: '5500',
    units: '5',
    unit: '1000',
    measures: { of: 'meter', meter: 'logs' },
    meterName: { en: 'Logs', zh: '日志' },
  })
  for (const { state, endedAt } of reported) {
    expect(endedAt !== null, state).toBe(['ACCEPTED', 'DUPLICATE', 'REJECTED', 'EXPIRED', 'CARRIED'].includes(state))
  }
})

test.each([
  [{ state: 'SENT' }, 'state'],
  [{ deadlineBefore: 'tomorrow' }, 'deadlineBefore'],
  [{ limit: 0 }, 'limit'],
  [{ cursor: 'x' }, 'cursor'],
])('%o is refused by the name of the field', async (query, field) => {
  const problem = await operator.refused(settlement.listPushes, { query: query as never })
  expect(problem).toMatchObject({ code: 'bad_input', status: 400 })
  expect(JSON.stringify(problem)).toContain(field)
})
