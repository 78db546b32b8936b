import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../contract/ids.ts'
import type { WorkspaceId } from '../../contract/ids.ts'
import { aConsoleAccount } from '../../test/people.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { closeMeteringDay } from './close-metering-day.ts'
import { checkTotals } from './check-totals.ts'
import { forgetItems } from './forget-items.ts'
import { takeLateDays } from './take-late-days.ts'
import { usageOfDay } from './usage-of-day.ts'
import { usageOfHours } from './usage-of-hours.ts'
import { workspacesWithUsage } from './workspaces-with-usage.ts'

let world: TestServices
let ctx: Ctx

beforeAll(async () => {
  world = await testServices()
  ctx = world.ctx()
})
afterAll(() => world.close())

async function aWorkspace(site = 'cn1'): Promise<WorkspaceId> {
  const owner = await aConsoleAccount(ctx, { site })
  const id = newId('workspace')
  await ctx.db
    .insertInto('workspaces')
    .values({ id, site, name: 'ws', language: 'en', created_by: owner.id, created_at: ctx.now() })
    .execute()
  return id
}

const today = '2026-03-10'
const lateEvening = new Date('2026-03-10T15:59:59.999Z')
const midnight = new Date('2026-03-10T16:00:00.000Z')

test('a day holds what was used between two midnights of the site, per meter and retention', async () => {
  const workspaceId = await aWorkspace()
  await someUsage(ctx, [
    { workspaceId, meter: 'logs', quantity: '10.5', retentionDays: 14, at: lateEvening },
    { workspaceId, meter: 'logs', quantity: '0.000001', retentionDays: 14 },
    { workspaceId, meter: 'logs', quantity: '7', retentionDays: 30 },
    { workspaceId, meter: 'sms', quantity: '3' },
    { workspaceId, meter: 'sms', quantity: '100', at: midnight },
  ])
  const { usage } = await usageOfDay(ctx, { workspaceIds: [workspaceId], site: 'cn1', day: today })
  expect(usage).toEqual([
    { workspaceId, meter: 'logs', retentionDays: 14, quantity: '10.500001' },
    { workspaceId, meter: 'logs', retentionDays: 30, quantity: '7' },
    { workspaceId, meter: 'sms', retentionDays: null, quantity: '3' },
  ])
  const next = await usageOfDay(ctx, { workspaceIds: [workspaceId], site: 'cn1', day: '2026-03-11' })
  expect(next.usage).toEqual([{ workspaceId, meter: 'sms', retentionDays: null, quantity: '100' }])
})

test('hosts are counted once a day however often they report, and storage at the most that was held', async () => {
  const workspaceId = await aWorkspace()
  const hour = (number: number) => new Date(Date.UTC(2026, 2, 10, number, 30))
  await someUsage(ctx, [
    { workspaceId, meter: 'network_hosts', quantity: '1', item: 'a', at: hour(1) },
    { workspaceId, meter: 'network_hosts', quantity: '1', item: 'b', at: hour(1) },
    { workspaceId, meter: 'network_hosts', quantity: '1', item: 'a', at: hour(2) },
    { workspaceId, meter: 'forwarding_internal', quantity: '500', at: hour(1) },
    { workspaceId, meter: 'forwarding_internal', quantity: '300', at: hour(2) },
  ])
  await someUsage(ctx, [
    { workspaceId, meter: 'network_hosts', quantity: '1', item: 'b', at: hour(3) },
    { workspaceId, meter: 'network_hosts', quantity: '1', item: 'c', at: hour(3) },
    { workspaceId, meter: 'forwarding_internal', quantity: '400', at: hour(2) },
  ])
  const { usage } = await usageOfDay(ctx, { workspaceIds: [workspaceId], site: 'cn1', day: today })
  expect(usage.map(({ meter, quantity }) => [meter, quantity])).toEqual([
    ['forwarding_internal', '500'],
    ['network_hosts', '3'],
  ])
  const hours = await usageOfHours(ctx, { workspaceIds: [workspaceId], from: hour(0), to: hour(5) })
  expect(hours.map((row) => [row.hour.getUTCHours(), row.meter, row.quantity])).toEqual([
    [1, 'forwarding_internal', '500'],
    [1, 'network_hosts', '2'],
    [2, 'forwarding_internal', '400'],
    [3, 'network_hosts', '1'],
  ])
})

test('what was needed to tell known hosts from new ones is forgotten when no usage can reach the day; totals stay', async () => {
  const workspaceId = await aWorkspace()
  const later = { ...ctx, now: () => new Date(world.clock.now().getTime() + 65 * 86_400_000) }
  const host = (item: string, at: Date) => ({ workspaceId, meter: 'network_hosts' as const, quantity: '1', item, at })
  await someUsage(ctx, [host('a', ctx.now()), host('b', ctx.now()), host('a', later.now())])
  await forgetItems(later)
  const { rows } = await world.pool.query<{ day: string }>(
    'select i.day::text as day from usage_items i join usage_workspaces on number = workspace where workspace_id = $1',
    [workspaceId],
  )
  expect(rows).toEqual([{ day: '2026-05-14' }])
  expect(await checkTotals(ctx, { workspaceIds: [workspaceId] })).toEqual([])
  const { usage } = await usageOfDay(ctx, { workspaceIds: [workspaceId], site: 'cn1', day: today })
  expect(usage.map(({ quantity }) => quantity)).toEqual(['2'])
})

test('workspaces with usage on a day are listed page by page, those of other sites are not', async () => {
  const mine = await Promise.all([aWorkspace(), aWorkspace(), aWorkspace()])
  const elsewhere = await aWorkspace('us1')
  const at = new Date('2026-02-01T12:00:00Z')
  await someUsage(
    ctx,
    [...mine, elsewhere].map((workspaceId) => ({ workspaceId, meter: 'sms' as const, quantity: '1', at })),
  )
  const ask = { site: 'cn1', day: '2026-02-01', limit: 2 }
  const first = await workspacesWithUsage(ctx, ask)
  const rest = await workspacesWithUsage(ctx, { ...ask, after: first[1] ?? '' })
  expect([...first, ...rest]).toEqual(mine.toSorted())
})

test('usage after the close leaves the closed day as it was, counts in the day as it is now, and marks it late once', async () => {
  const workspaceId = await aWorkspace('us1')
  const day = '2026-03-01'
  const at = new Date('2026-03-01T20:00:00Z')
  const usage = { workspaceId, meter: 'logs' as const, retentionDays: 14, at }
  await someUsage(ctx, [{ ...usage, quantity: '5' }])
  const { cut } = await inTransaction(ctx, (tx) => closeMeteringDay(tx, { site: 'us1', day }))
  await someUsage(ctx, [{ ...usage, quantity: '2' }])
  await someUsage(ctx, [{ ...usage, quantity: '3' }])
  await someUsage(ctx, [{ workspaceId, meter: 'sms', quantity: '9', at }])
  world.clock.advance(1)

  const ask = { workspaceIds: [workspaceId], site: 'us1', day }
  const atClose = await usageOfDay(ctx, ask)
  expect(atClose).toEqual({
    usage: [{ workspaceId, meter: 'logs', retentionDays: 14, quantity: '5' }],
    usageCut: cut,
  })
  expect(await inTransaction(ctx, (tx) => closeMeteringDay(tx, { site: 'us1', day }))).toEqual({ cut })
  const now = await usageOfDay(ctx, { ...ask, upTo: 'now' })
  expect(now.usage.map(({ meter, quantity }) => [meter, quantity])).toEqual([
    ['logs', '10'],
    ['sms', '9'],
  ])
  expect(await inTransaction(ctx, (tx) => takeLateDays(tx, { site: 'cn1' }))).toEqual([])
  expect(await inTransaction(ctx, (tx) => takeLateDays(tx, { site: 'us1' }))).toEqual([{ workspaceId, day }])
  expect(await inTransaction(ctx, (tx) => takeLateDays(tx, { site: 'us1' }))).toEqual([])
})
