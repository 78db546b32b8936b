import { afterAll, beforeAll, expect, test } from 'vitest'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { connectorOf } from './connector-of.ts'
import { takeNotification } from './take-notification.ts'
import { marketplacesTimedTasks } from './tasks.ts'

let world: TestServices

beforeAll(async () => {
  world = await testServices()
})

afterAll(() => world.close())

test('refused messages are forgotten after thirty days, no earlier', async () => {
  const connector = connectorOf(world.services.config, 'alibaba')
  if (!connector) throw new Error('Alibaba is configured in tests.')
  await takeNotification(world.ctx(), connector, { action: 'createInstance', token: 'wrong' })
  const kept = async () => {
    for (const { task } of marketplacesTimedTasks) await task.run(world.ctx(), {})
    return world.services.db.selectFrom('marketplace_notifications').select('verdict').execute()
  }
  world.clock.advance(30 * 86_400_000)
  expect(await kept()).toEqual([{ verdict: 'rejected' }])
  world.clock.advance(1)
  expect(await kept()).toEqual([])
})
