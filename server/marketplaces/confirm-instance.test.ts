import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { InstanceId } from '../../contract/ids.ts'
import { productCode } from '../../test/catalogue.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { inTransaction } from '../context.ts'
import { confirmInstance, MarketplaceUnreachableError } from './confirm-instance.ts'
import type { Finding, InstanceState, MarketplaceConnector } from './connector.ts'
import { connectorOf } from './connector-of.ts'
import { openInstance } from './open-instance.ts'
import { updateInstance } from './queries.ts'
import { readInstance } from './read-instance.ts'

let world: TestServices
let instanceId: InstanceId
let counter = 0

beforeAll(async () => {
  world = await testServices()
})

afterAll(() => world.close())

beforeEach(async () => {
  counter += 1
  const instance = await inTransaction(world.ctx(), (tx) =>
    openInstance(tx, {
      marketplace: 'alibaba',
      instanceRef: `c-${counter}`,
      orderRef: `order-${counter}`,
      accountRef: '10410310001',
      productCode,
      sku: 'yuncode1',
      items: { Count: '2' },
      trial: false,
      expiresOn: null,
      status: 'active',
      learnedBy: 'notification',
    }),
  )
  instanceId = instance.id
})

function saying(status: InstanceState['status'], over: Partial<InstanceState> = {}): Finding<InstanceState> {
  const value = { status, orderRef: '1', productCode, skus: ['yuncode1'], trial: false, expiresOn: null, ...over }
  return { kind: 'found', value }
}

/** Our connector with somebody at the other end who says this. */
function connectorSaying(fetchState: MarketplaceConnector['fetchState']): MarketplaceConnector {
  const connector = connectorOf(world.services.config, 'alibaba')
  if (!connector) throw new Error('Alibaba is configured in tests.')
  return { ...connector, fetchState }
}

async function confirm(finding: Finding<InstanceState>) {
  await confirmInstance(
    world.ctx(),
    connectorSaying(async () => finding),
    instanceId,
  )
  return readInstance(world.ctx(), instanceId)
}

async function weHold(status: 'active' | 'suspended' | 'released') {
  await updateInstance(
    world.services.db,
    instanceId,
    { status, sku: 'yuncode1', expiresOn: null, items: {} },
    world.clock.now(),
  )
}

async function askedAgainAt(): Promise<Date[]> {
  const waiting = await world.pool.query<{ run_at: Date }>(
    'select run_at from graphile_worker.jobs where key like $1',
    [`%${instanceId}`],
  )
  // Jobs wait by the database's clock; ours is ahead of it by as much as it was moved.
  return waiting.rows.map((row) => new Date(row.run_at.getTime() + world.clock.offset()))
}

async function eventKinds() {
  const rows = await world.services.db.selectFrom('events').select(['kind', 'about']).execute()
  return rows.filter((row) => row.about['instanceId'] === instanceId).map((row) => row.kind)
}

test.each([
  ['active', 'suspended', 'instance.suspended'],
  ['active', 'released', 'instance.released'],
  ['suspended', 'active', 'instance.restored'],
  ['suspended', 'released', 'instance.released'],
] as const)('%s here and %s there becomes what it is there', async (ours, theirs, event) => {
  await weHold(ours)
  world.clock.advance(1000)
  expect(await confirm(saying(theirs))).toMatchObject({
    status: theirs,
    confirmed_at: world.clock.now(),
    status_changed_at: world.clock.now(),
  })
  expect(await eventKinds()).toEqual(['instance.purchased', event])
})

test('after a correction the marketplace is asked once more, ten minutes later', async () => {
  await confirm(saying('suspended'))
  expect(await askedAgainAt()).toEqual([new Date(world.clock.now().getTime() + 600_000)])
})

test('what agrees is only marked as confirmed', async () => {
  world.clock.advance(1000)
  const before = await readInstance(world.ctx(), instanceId)
  const after = await confirm(saying('active'))
  expect(after).toEqual({ ...before, confirmed_at: world.clock.now() })
  expect(await eventKinds()).toEqual(['instance.purchased'])
})

test('a release is never undone: the disagreement is told to people', async () => {
  await weHold('released')
  expect(await confirm(saying('active'))).toMatchObject({ status: 'released', confirmed_at: null })
  expect(await eventKinds()).toEqual(['instance.purchased', 'instance.disputed'])
})

test('an answer about before is dropped when the instance changed while it was on its way', async () => {
  const slow = connectorSaying(async () => {
    await weHold('suspended')
    return saying('active')
  })
  await confirmInstance(world.ctx(), slow, instanceId)
  expect(await readInstance(world.ctx(), instanceId)).toMatchObject({ status: 'suspended', confirmed_at: null })
})

test('no answer makes the job try again and changes nothing', async () => {
  await expect(confirm({ kind: 'unreachable', code: 'ETIMEDOUT' })).rejects.toThrow(MarketplaceUnreachableError)
  expect(await readInstance(world.ctx(), instanceId)).toMatchObject({ status: 'active', confirmed_at: null })
})

test('an instance unknown there stays what it is here', async () => {
  expect(await confirm({ kind: 'absent', code: 'NotFound' })).toMatchObject({ status: 'active', confirmed_at: null })
  expect(await eventKinds()).toEqual(['instance.purchased'])
})

test('while the marketplace is opening it, it is asked again', async () => {
  expect(await confirm(saying('opening'))).toMatchObject({ status: 'active', confirmed_at: null })
  expect(await eventKinds()).toEqual(['instance.purchased'])
  expect(await askedAgainAt()).toEqual([new Date(world.clock.now().getTime() + 600_000)])
})

test('without API keys nothing is asked and nothing changes', async () => {
  await confirmInstance(world.ctx(), connectorSaying(null), instanceId)
  await confirmInstance(world.ctx(), null, instanceId)
  expect(await readInstance(world.ctx(), instanceId)).toMatchObject({ status: 'active', confirmed_at: null })
})
