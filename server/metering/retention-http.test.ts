import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RetentionPolicy } from '../../contract/retention.ts'
import { chooseRetention, readRetention } from '../../contract/retention.ts'
import { activatedBuyer } from '../../test/cast.ts'
import type { Activated } from '../../test/cast.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { createApp } from '../app.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { acceptUsage } from './accept-usage.ts'

let world: TestServices
let app: FastifyInstance
let owner: Activated

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  await seedPriceBooks(world.ctx())
})
afterAll(async () => {
  await app.close()
  await world.close()
})
beforeEach(async () => {
  owner = await activatedBuyer(world, app)
})

const choose = (policy: RetentionPolicy, days: number) =>
  owner.browser.call(chooseRetention, { params: { workspaceId: owner.workspaceId }, body: { policy, days } })

async function read(policy: RetentionPolicy) {
  const { kinds } = await owner.browser.call(readRetention, { params: { workspaceId: owner.workspaceId } })
  return kinds.find((kind) => kind.policy === policy)
}

/** Sends one event and answers under how many days it was stored. */
async function writtenUnder(meter: string, retentionDays?: number): Promise<number> {
  // What a process remembers of a workspace is two seconds old at most.
  world.clock.advance(2000)
  const id = crypto.randomUUID()
  const data = { meter, quantity: 1, ...(retentionDays === undefined ? {} : { retentionDays }) }
  const event = { specversion: '1.0', type: 'purser.usage.recorded', source: 'collector', id, data }
  const { rejected } = await acceptUsage(world.ctx(), { workspaceId: owner.workspaceId }, [event])
  expect(rejected).toEqual([])
  const { rows } = await world.pool.query<{ retention: number }>(
    'select retention from usage_events where event_id = $1',
    [id],
  )
  return rows[0]?.retention ?? 0
}

describe('an owner who chooses how long data is kept', () => {
  test('pays for what is written from then on by that choice, and for what was written before as it was', async () => {
    expect(await writtenUnder('logs')).toBe(14)
    await choose('logs', 30)
    expect(await writtenUnder('logs')).toBe(30)
    expect(await writtenUnder('log_ingest')).toBe(30)
    expect(await writtenUnder('page_views')).toBe(14)
    expect(await writtenUnder('logs', 3)).toBe(3)
  })

  test('finds profiles kept as long as traces, but never longer than profiles are offered', async () => {
    await choose('traces', 60)
    expect([await writtenUnder('traces'), await writtenUnder('profiles')]).toEqual([60, 14])
    expect((await read('traces'))?.choices.at(-1)?.prices).toEqual([
      { meter: { en: 'Traces', zh: '链路追踪' }, unitName: { en: 'million', zh: '百万' }, unitPrice: '19.44' },
      { meter: { en: 'Profiles', zh: '性能剖析' }, unitName: { en: '10 thousand', zh: '万' }, unitPrice: '0.5' },
    ])
  })

  test('changes it at once the first time on a day; of later choices that day the last counts, from midnight on', async () => {
    const { from } = await choose('logs', 7)
    expect(from).toBe(world.clock.now().toISOString())
    await choose('logs', 60)
    const later = await choose('logs', 3)
    expect(await writtenUnder('logs')).toBe(7)
    expect(await read('logs')).toMatchObject({ days: 7, next: { days: 3, from: later.from } })
    world.clock.advance(Date.parse(later.from) - world.clock.now().getTime())
    expect(await writtenUnder('logs')).toBe(3)
    expect(await read('logs')).toMatchObject({ days: 3, next: null })
    const nextDay = await choose('logs', 14)
    expect(nextDay.from).toBe(world.clock.now().toISOString())
  })

  test('is told what is offered, and that the free plan keeps data for 7 days', async () => {
    await expect(choose('logs', 8)).rejects.toThrow('retention_not_offered')
    await world.pool.query("update workspaces set plan = 'free' where id = $1", [owner.workspaceId])
    await expect(choose('logs', 30)).rejects.toThrow('retention_fixed')
    expect(await read('logs')).toMatchObject({ days: 7, choices: [{ days: 7 }] })
    expect(await writtenUnder('logs', 60)).toBe(7)
  })
})
