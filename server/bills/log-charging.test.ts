import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listDailyBills } from '../../contract/bills.ts'
import { newId } from '../../contract/ids.ts'
import { chooseLogCharging, readLogCharging, readLogChargingOf } from '../../contract/log-charging.ts'
import type { LogMeter } from '../../contract/log-charging.ts'
import { listAudit, listTimeline } from '../../contract/operator.ts'
import { chooseRetention, readRetention } from '../../contract/retention.ts'
import { testBrowser } from '../../test/browser.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { dailyProductCode } from '../../test/catalogue.ts'
import { activatedBuyer } from '../../test/cast.ts'
import type { Activated } from '../../test/cast.ts'
import { operatorBrowser } from '../../test/operator.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import { createApp } from '../app.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { addDays, siteDayOf } from '../workspaces/site-day.ts'
import { closeDueDays } from './close-due-days.ts'
import { computeDayAgain } from './compute-day-again.ts'

/* A customer on cn1, and an operator who decides whether its logs are charged by entries or by volume. */
let world: TestServices
let app: FastifyInstance
let operator: TestBrowser
let customer: Activated
const day = 86_400_000

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  await seedPriceBooks(world.ctx())
  operator = await operatorBrowser(world, app)
})
afterAll(async () => {
  await app.close()
  await world.close()
})
beforeEach(async () => {
  customer = await activatedBuyer(world, app, { product: dailyProductCode })
})

const params = () => ({ workspaceId: customer.workspaceId })
const today = () => siteDayOf(world.clock.now(), 'Asia/Shanghai')
const choose = (by: LogMeter) => operator.call(chooseLogCharging, { params: params(), body: { by } })
const seen = () => customer.browser.call(readLogCharging, { params: params() })

/** 10 million entries are 15.00 at 1.5 a million; their 7 GB are 7.00 at 1 each. */
async function aDayOfLogs(): Promise<void> {
  const { workspaceId } = customer
  await someUsage(world.ctx(), [
    { workspaceId, meter: 'logs', retentionDays: 14, quantity: '10000000' },
    { workspaceId, meter: 'log_ingest', retentionDays: 14, quantity: '7000000000' },
  ])
  world.clock.advance(day)
  await closeDueDays(world.ctx())
}

async function totals(): Promise<string[]> {
  const { items } = await customer.browser.call(listDailyBills, {})
  return items.map((bill) => bill.total).toReversed()
}

async function changes(): Promise<number> {
  const { items } = await operator.call(listTimeline, { params: { recordId: customer.workspaceId } })
  return items.filter(({ what }) => what === 'workspace.log_charging_chosen').length
}

describe('a customer whose logs an operator lets be charged by volume', () => {
  test('pays the running day by entries still, and by volume from the site’s next day on', async () => {
    const first = today()
    expect(await choose('log_ingest')).toMatchObject({
      by: 'logs',
      since: null,
      next: { by: 'log_ingest', from: addDays(first, 1) },
    })
    await aDayOfLogs()
    expect(await seen()).toMatchObject({ by: 'log_ingest', since: addDays(first, 1), next: null })
    await aDayOfLogs()
    expect(await totals()).toEqual(['15.00', '7.00'])
  })

  test('goes back to entries the same way, and no day that was billed changes', async () => {
    const first = today()
    await choose('log_ingest')
    await aDayOfLogs()
    await choose('logs')
    await aDayOfLogs()
    await aDayOfLogs()
    expect(await totals()).toEqual(['15.00', '7.00', '15.00'])
    for (const each of [first, addDays(first, 1), addDays(first, 2)]) {
      expect((await computeDayAgain(world.ctx(), { site: 'cn1', day: each })).different).toEqual([])
    }
  })

  test('reads what either way costs, by how long its logs are kept, and only the price that is charged among the others', async () => {
    expect(await seen()).toMatchObject({
      currency: 'CNY',
      retentionDays: 14,
      changeableFrom: addDays(today(), 1),
      prices: [
        { by: 'logs', unitName: { en: 'million' }, unitPrice: '1.5' },
        { by: 'log_ingest', unitName: { en: 'GB' }, unitPrice: '1' },
      ],
    })
    await customer.browser.call(chooseRetention, { params: params(), body: { policy: 'logs', days: 60 } })
    expect((await seen()).prices.map(({ unitPrice }) => unitPrice)).toEqual(['2.5', '1.5'])
    const pricesShown = async () => {
      const { kinds } = await customer.browser.call(readRetention, { params: params() })
      return kinds
        .find(({ policy }) => policy === 'logs')!
        .choices.at(-1)!
        .prices.map(({ meter }) => meter.en)
    }
    expect(await pricesShown()).toEqual(['Logs'])
    await choose('log_ingest')
    world.clock.advance(day)
    expect(await pricesShown()).toEqual(['Log ingest'])
  })
})

describe('an operator who chooses how logs are charged', () => {
  test('changes nothing and leaves no trace by choosing the same again', async () => {
    expect((await choose('logs')).next).toBeNull()
    expect(await changes()).toBe(0)
    const once = await choose('log_ingest')
    expect(await choose('log_ingest')).toEqual(once)
    expect(await changes()).toBe(1)
    world.clock.advance(day)
    expect(await choose('log_ingest')).toMatchObject({ by: 'log_ingest', next: null })
    expect(await changes()).toBe(1)
  })

  test('takes a choice of today back as if it had not been made, but both stand in the audit', async () => {
    await choose('log_ingest')
    expect(await choose('logs')).toMatchObject({ by: 'logs', since: null, next: null })
    world.clock.advance(day)
    expect(await seen()).toMatchObject({ by: 'logs', since: null, next: null })
    expect(await changes()).toBe(2)
  })

  test('presses twice at once and it counts once', async () => {
    await Promise.all([choose('log_ingest'), choose('log_ingest'), choose('log_ingest')])
    expect(await changes()).toBe(1)
  })

  test('is named in the audit, with the way and the day, for the workspace and its payer', async () => {
    await choose('log_ingest')
    const { items } = await operator.call(listAudit, { query: { by: 'operator', what: 'workspace' } })
    expect(items[0]).toMatchObject({
      what: 'workspace.log_charging_chosen',
      by: { kind: 'operator', name: 'Desk 1' },
      about: { workspaceId: customer.workspaceId },
      detail: { by: 'log_ingest', from: addDays(today(), 1) },
    })
    const payer = items[0]!.about['billingAccountId']!
    const { items: ofPayer } = await operator.call(listTimeline, { params: { recordId: payer } })
    expect(ofPayer[0]).toMatchObject({ what: 'workspace.log_charging_chosen' })
  })

  test('reads the same as the customer does', async () => {
    await choose('log_ingest')
    expect(await operator.call(readLogChargingOf, { params: params() })).toEqual(await seen())
  })

  test('is told of a workspace there is not, of a way there is not, and that nothing of a dissolved one changes', async () => {
    const nobody = { params: { workspaceId: newId('workspace') }, body: { by: 'log_ingest' as const } }
    expect(await operator.refused(chooseLogCharging, nobody)).toMatchObject({ status: 404 })
    const unknown = { params: params(), body: { by: 'traces' as never } }
    expect(await operator.refused(chooseLogCharging, unknown)).toMatchObject({ fields: [{ path: 'by' }] })
    await world.pool.query("update workspaces set standing = 'dissolved', dissolved_at = now() where id = $1", [
      customer.workspaceId,
    ])
    const late = { params: params(), body: { by: 'log_ingest' as const } }
    expect(await operator.refused(chooseLogCharging, late)).toMatchObject({ code: 'workspace_dissolved' })
    expect(await changes()).toBe(0)
  })
})

test('nobody but an operator chooses it, and nobody but its people and operators read it', async () => {
  const stranger = await activatedBuyer(world, app)
  const asked = { params: params(), body: { by: 'log_ingest' as const } }
  for (const browser of [customer.browser, stranger.browser, testBrowser(app)]) {
    expect(await browser.refused(chooseLogCharging, asked)).toMatchObject({ status: 401 })
    expect(await browser.refused(readLogChargingOf, { params: params() })).toMatchObject({ status: 401 })
  }
  expect(await stranger.browser.refused(readLogCharging, { params: params() })).toMatchObject({ status: 404 })
  expect(await operator.refused(readLogCharging, { params: params() })).toMatchObject({ status: 401 })
  expect((await seen()).next).toBeNull()
})
