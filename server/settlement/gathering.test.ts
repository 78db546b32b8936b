import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkspaceId } from '../../contract/ids.ts'
import { productCode } from '../../test/catalogue.ts'
import { activatedBuyer } from '../../test/cast.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import { createApp } from '../app.ts'
import { chooseLogsBy } from '../bills/choose-logs-by.ts'
import { inTransaction } from '../context.ts'
import { findInstance } from '../marketplaces/read-instance.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { gatherUsage } from './gather-usage.ts'

let world: TestServices
let app: FastifyInstance

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
})
afterAll(async () => {
  await app.close()
  await world.close()
})

async function payingBuyer() {
  const { workspaceId, bought } = await activatedBuyer(world, app)
  const instance = await findInstance(world.ctx(), { marketplace: 'alibaba', instanceRef: bought.instanceRef })
  return { workspaceId, instance: instance! }
}

const gather = (hoursBack = 3) => gatherUsage(world.ctx(), { hoursBack })
const hour = () => new Date(Math.floor(world.clock.now().getTime() / 3_600_000) * 3_600_000)

async function measured(instance: InstanceRow): Promise<Record<string, string>> {
  const rows = await world.services.db
    .selectFrom('usage_records')
    .select(['meter', 'measured'])
    .where('instance_id', '=', instance.id)
    .execute()
  return Object.fromEntries(rows.map((row) => [row.meter, row.measured]))
}

async function reported(instance: InstanceRow): Promise<string[][]> {
  const rows = await world.services.db
    .selectFrom('usage_records')
    .select(['meter', 'measured'])
    .where('instance_id', '=', instance.id)
    .orderBy('meter')
    .orderBy('period_from')
    .execute()
  return rows.map((row) => [String(row.meter), row.measured])
}

async function settleFrom(workspaceId: WorkspaceId, to: InstanceRow, at: Date) {
  await world.services.db
    .insertInto('settlement_changes')
    .values({
      workspace_id: workspaceId,
      from_instance_id: null,
      to_instance_id: to.id,
      first_binding: false,
      changed_at: at,
    })
    .execute()
}

test('usage of an hour is in its record as soon as it is read: by meter, over all retentions, however often', async () => {
  const { workspaceId, instance } = await payingBuyer()
  const at = world.clock.now()
  await someUsage(world.ctx(), [
    { workspaceId, meter: 'logs', quantity: '1500', retentionDays: 14, at },
    { workspaceId, meter: 'logs', quantity: '700.5', retentionDays: 30, at },
    { workspaceId, meter: 'traces', quantity: '3', retentionDays: 7, at },
    { workspaceId, meter: 'sms', quantity: '9', at },
  ])
  await Promise.all([gather(), gather()])
  await gather()
  expect(await measured(instance)).toEqual({ logs: '2200.5', traces: '3' })
  await someUsage(world.ctx(), [{ workspaceId, meter: 'logs', quantity: '0.5', retentionDays: 14, at }])
  await gather()
  expect(await measured(instance)).toEqual({ logs: '2201.0', traces: '3' })
})

test('logs charged by volume are not reported by entries, from the day of the site on from which they are', async () => {
  const { workspaceId, instance } = await payingBuyer()
  const used = (quantity: string) =>
    someUsage(world.ctx(), [
      { workspaceId, meter: 'logs', quantity, retentionDays: 14 },
      { workspaceId, meter: 'traces', quantity: '1', retentionDays: 7 },
    ])
  await inTransaction(world.ctx(), (tx) => chooseLogsBy(tx, { workspaceId, logsBy: 'log_ingest' }))
  await used('1000')
  await gather()
  expect(await measured(instance)).toEqual({ logs: '1000', traces: '1' })
  world.clock.advance(86_400_000)
  await used('2000')
  await gather(48)
  expect(await reported(instance)).toEqual([
    ['logs', '1000'],
    ['traces', '1'],
    ['traces', '1'],
  ])
})

test('when another instance pays from half past, the hour stays with the one that paid at its beginning', async () => {
  const [first, second] = [await payingBuyer(), await payingBuyer()]
  world.clock.advance(3_600_000)
  const at = new Date(hour().getTime() + 10 * 60_000)
  await someUsage(world.ctx(), [
    { workspaceId: first.workspaceId, meter: 'logs', quantity: '5000', retentionDays: 14, at },
  ])
  world.clock.advance(20 * 60_000)
  await gather()
  await settleFrom(first.workspaceId, second.instance, new Date(hour().getTime() + 30 * 60_000))
  await gather()
  expect([await measured(first.instance), await measured(second.instance)]).toEqual([{ logs: '5000' }, {}])
  world.clock.advance(3_600_000)
  const later = new Date(hour().getTime() + 60_000)
  await someUsage(world.ctx(), [
    { workspaceId: first.workspaceId, meter: 'logs', quantity: '7000', retentionDays: 14, at: later },
  ])
  await gather()
  expect([await measured(first.instance), await measured(second.instance)]).toEqual([
    { logs: '5000' },
    { logs: '7000' },
  ])
})

test('usage that comes days late is found by the longer look back, in the running hour', async () => {
  const { workspaceId, instance } = await payingBuyer()
  const at = world.clock.now()
  world.clock.advance(30 * 3_600_000)
  await someUsage(world.ctx(), [{ workspaceId, meter: 'logs', quantity: '4000', retentionDays: 14, at }])
  await gather()
  expect(await measured(instance)).toEqual({})
  await gather(72)
  await gather(72)
  expect(await measured(instance)).toEqual({ logs: '4000' })
  const [record] = await world.services.db
    .selectFrom('usage_records')
    .selectAll()
    .where('instance_id', '=', instance.id)
    .execute()
  expect(record!.period_from).toEqual(hour())
  expect(record!.product_code).toBe(productCode)
})
