import type { FastifyInstance } from 'fastify'
import { afterAll, beforeEach, expect, test } from 'vitest'
import * as bills from '../../contract/bills.ts'
import { signInToBilling, signInToConsole } from '../../contract/identity.ts'
import { createApiKey } from '../../contract/metering.ts'
import * as workspaces from '../../contract/workspaces.ts'
import { activatedBuyer, castPassword } from '../../test/cast.ts'
import type { Activated } from '../../test/cast.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import { voidUsage } from '../../test/void-usage.ts'
import { createApp } from '../app.ts'
import { checkLedger } from '../bills/check-ledger.ts'
import { closeDueDays } from '../bills/close-due-days.ts'
import { computeDayAgain } from '../bills/compute-day-again.ts'
import { inTransaction } from '../context.ts'
import { createApiKey as makeApiKey } from '../metering/create-api-key.ts'
import { checkTotals } from '../metering/check-totals.ts'
import { eraseDetail } from '../metering/erase-detail.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { dissolveOverdue } from '../workspaces/dissolve-overdue.ts'
import { endCountdown } from '../workspaces/end-countdown.ts'
import { lockOverdue } from '../workspaces/lock-overdue.ts'
import { startCountdown } from '../workspaces/start-countdown.ts'
import { warnOfDissolution } from '../workspaces/warn-of-dissolution.ts'
import { gatherUsage } from './gather-usage.ts'

/* A buyer used something on 10 March, got a bill of it, and closed the cloud service that paid. Each story has a world of its own. */

const day = 86_400_000
const usedOn = '2026-03-10'
let world: TestServices
let app: FastifyInstance
let buyer: Activated
let token: string
const closing: (() => Promise<void>)[] = []

beforeEach(async () => {
  world = await testServices()
  app = await createApp(world.services)
  closing.push(() => app.close(), world.close)
  await seedPriceBooks(world.ctx())
  buyer = await activatedBuyer(world, app)
  const { workspaceId } = buyer
  const made = await buyer.browser.call(createApiKey, {
    params: { workspaceId },
    body: { requestKey: crypto.randomUUID(), name: 'collector' },
  })
  token = made.token
  const host = { workspaceId, meter: 'network_hosts', quantity: '1' } as const
  await someUsage(world.ctx(), [
    { workspaceId, meter: 'logs', quantity: '2000000', retentionDays: 14 },
    { workspaceId, meter: 'logs', quantity: '1000000', retentionDays: 14, id: 'wrong' },
    { workspaceId, meter: 'forwarding_internal', quantity: '5000' },
    { ...host, item: 'a' },
    { ...host, item: 'b' },
  ])
  await voidUsage(world.ctx(), [{ workspaceId, id: 'wrong' }])
  await gatherUsage(world.ctx(), { hoursBack: 3 })
  world.clock.advance(day)
  await closeDueDays(world.ctx())
})
afterAll(async () => {
  for (const close of closing) await close()
})

/** What the worker does every five minutes, once. */
async function work(): Promise<void> {
  const ctx = world.ctx()
  await lockOverdue(ctx)
  await warnOfDissolution(ctx)
  await dissolveOverdue(ctx)
  await eraseDetail(ctx)
  await world.runJobs()
}

async function live(days: number): Promise<void> {
  for (let passed = 0; passed < days; passed += 1) {
    world.clock.advance(day)
    await work()
  }
}

/** The cloud service is closed, and the 14 days pass. */
async function untilLocked(): Promise<void> {
  await world.pool.query("update marketplace_instances set status = 'released', status_changed_at = $1", [
    world.clock.now(),
  ])
  await inTransaction(world.ctx(), (tx) => startCountdown(tx, buyer.workspaceId, 'instance_released'))
  await live(14)
  expect(await standing()).toBe('locked')
}

async function arrears(): Promise<void> {
  await inTransaction(world.ctx(), (tx) => startCountdown(tx, buyer.workspaceId, 'arrears'))
  await live(14)
  expect(await standing()).toBe('locked')
}

async function standing(): Promise<string> {
  const { rows } = await world.pool.query<{ standing: string }>('select standing from workspaces where id = $1', [
    buyer.workspaceId,
  ])
  return rows[0]!.standing
}

const signIn = async () => {
  const body = { identifier: buyer.username, password: castPassword }
  await buyer.browser.call(signInToBilling, { body })
  await buyer.browser.call(signInToConsole, { params: { site: 'cn1' }, body })
}

/** How many rows of detail there are. */
async function detail(): Promise<Record<string, number>> {
  const { rows } = await world.pool.query<Record<string, number>>(`select
    (select count(*) from usage_events)::int as events, (select count(*) from usage_corrections)::int as corrections,
    (select count(*) from usage_hours)::int as hours, (select count(*) from usage_items)::int as items`)
  return rows[0]!
}

async function totals() {
  const { rows } = await world.pool.query('select * from usage_days order by meter, retention')
  return rows as unknown[]
}

async function happened(): Promise<string[]> {
  const { rows } = await world.pool.query<{ kind: string }>(
    `select kind from events join audit_entries a on a.event_id = events.id
     where kind like 'workspace.%' or kind like 'api_key.%' order by a.position`,
  )
  return rows.map((row) => row.kind)
}

async function report(key: string, subject?: string): Promise<{ status: number; refused: string | undefined }> {
  const event = {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: 'late',
    type: 'purser.usage.recorded',
    ...(subject && { subject }),
    data: { meter: 'logs', quantity: 1 },
  }
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/usage',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/cloudevents+json' },
    payload: JSON.stringify(event),
  })
  return { status: answer.statusCode, refused: answer.json<{ rejected?: { code: string }[] }>().rejected?.[0]?.code }
}

const proofs = async () => ({
  again: await computeDayAgain(world.ctx(), { site: 'cn1', day: usedOn }),
  totals: await checkTotals(world.ctx()),
  ledger: (await checkLedger(world.ctx())).right,
})
const proven = { again: { bills: 1, different: [] }, totals: [], ledger: true }

test('29 days after it was locked all of a workspace is there; on the 30th its detail is deleted and its bills stand', async () => {
  await untilLocked()
  const before = { detail: await detail(), totals: await totals() }
  await live(29)
  expect([await standing(), await detail()]).toEqual(['locked', before.detail])
  expect(await report(token)).toEqual({ status: 422, refused: 'workspace_locked' })
  await live(1)
  expect(await standing()).toBe('dissolved')
  expect(await detail()).toEqual({ events: 0, corrections: 0, hours: 0, items: 0 })
  expect(await totals()).toEqual(before.totals)
  expect(await proofs()).toEqual(proven)
  expect((await happened()).slice(-5)).toEqual([
    'workspace.locked',
    'workspace.dissolution_near',
    'workspace.dissolved',
    'api_key.revoked',
    'workspace.detail_deleted',
  ])
  await live(3)
  expect((await happened()).at(-1)).toBe('workspace.detail_deleted')
})

test('a dissolved workspace takes no usage any more, neither by its own key nor by the vendor’s', async () => {
  const vendor = await inTransaction(world.ctx(), (tx) =>
    makeApiKey(tx, { workspaceId: null, name: 'vendor', requestKey: crypto.randomUUID() }),
  )
  await untilLocked()
  await live(30)
  expect((await report(token)).status).toBe(401)
  expect(await report(vendor.token, buyer.workspaceId)).toEqual({ status: 422, refused: 'unknown_workspace' })
})

test('its people read that it is dissolved and since when, and cannot change anything of it', async () => {
  await untilLocked()
  await signIn()
  const params = { workspaceId: buyer.workspaceId }
  const home = await buyer.browser.call(workspaces.readWorkspace, { params })
  const due = new Date(world.clock.now().getTime() + 30 * day).toISOString()
  expect(home).toMatchObject({ standing: 'locked', dissolvesAt: due, dissolvedAt: null })
  await live(30)
  await signIn()
  const gone = { standing: 'dissolved', dissolvesAt: null, dissolvedAt: due }
  expect(await buyer.browser.call(workspaces.readWorkspace, { params })).toMatchObject(gone)
  expect(await buyer.browser.call(workspaces.readPaidWorkspace, { params })).toMatchObject(gone)
  const mine = await buyer.browser.call(workspaces.listMyWorkspaces, { params: { site: 'cn1' } })
  expect(mine.items).toMatchObject([{ id: buyer.workspaceId, standing: 'dissolved' }])

  const key = { requestKey: crypto.randomUUID(), name: 'again' }
  const refusals = await Promise.all([
    buyer.browser.refused(createApiKey, { params, body: key }),
    buyer.browser.refused(workspaces.changeBillingMethod, { params, body: { method: 'balance' } }),
    buyer.browser.refused(workspaces.changeSettlement, { params, body: { method: 'balance' } }),
  ])
  expect(refusals.map(({ code }) => code)).toEqual(refusals.map(() => 'workspace_dissolved'))
})

test('its bills open to the last line, which says when the events behind it were deleted', async () => {
  const line = async () => {
    const { items } = await buyer.browser.call(bills.listDailyBills, {})
    const params = { dailyBillId: items[0]!.id, position: 1 }
    return {
      explained: await buyer.browser.call(bills.explainBillLine, { params }),
      events: await buyer.browser.call(bills.listLineEvents, { params }),
    }
  }
  await untilLocked()
  await signIn()
  const before = await line()
  expect(before.explained.detailDeletedAt).toBeNull()
  expect(before.explained.hours.length).toBeGreaterThan(0)
  expect(before.events.items.length).toBeGreaterThan(0)
  await live(30)
  await signIn()
  const after = await line()
  expect(after.events.items).toEqual([])
  expect(after.explained).toEqual({
    ...before.explained,
    hours: [],
    detailDeletedAt: world.clock.now().toISOString(),
  })
})

test('what was reported to the marketplace of a dissolved workspace is not taken back when its hours go', async () => {
  const measured = () => world.pool.query('select meter, state, measured from usage_records order by meter')
  await untilLocked()
  const { rows: before } = await measured()
  expect(before.length).toBeGreaterThan(0)
  await live(30)
  expect(await standing()).toBe('dissolved')
  // A service that was closed lately is looked at again, as far back as it was used.
  await world.pool.query('update marketplace_instances set status_changed_at = $1', [world.clock.now()])
  await gatherUsage(world.ctx(), { hoursBack: 60 * 24 })
  expect((await measured()).rows).toEqual(before)
})

test('who pays before the day keeps everything: on day 20, and also on day 29 after having been warned', async () => {
  const params = { workspaceId: buyer.workspaceId }
  await untilLocked()
  const before = await detail()
  await live(20)
  await signIn()
  await buyer.browser.call(workspaces.changeSettlement, { params, body: { method: 'balance' } })
  await live(15)
  expect([await standing(), await detail()]).toEqual(['active', before])

  await arrears()
  await live(29)
  await inTransaction(world.ctx(), (tx) => endCountdown(tx, buyer.workspaceId))
  await live(15)
  expect([await standing(), await detail()]).toEqual(['active', before])

  await arrears()
  await live(29)
  expect(await standing()).toBe('locked')
  await live(1)
  expect(await standing()).toBe('dissolved')
})

test('nobody’s data goes without a warning a week ahead: where nothing ran for a month, the day is moved', async () => {
  await untilLocked()
  world.clock.advance(40 * day)
  await work()
  const mail = world.inbox.to(buyer.email).at(-1)
  expect(mail?.text).toContain('Deleted on: 11 May 2026')
  await live(6)
  expect(await standing()).toBe('locked')
  await live(1)
  expect(await standing()).toBe('dissolved')
})
