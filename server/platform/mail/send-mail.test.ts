import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { testServices } from '../../../test/services.ts'
import type { TestServices } from '../../../test/services.ts'
import { inTransaction } from '../../context.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { runDueJobs } from '../jobs/run-jobs.ts'
import { task } from '../jobs/task.ts'
import { sendMail, sendMailTaskName } from './send-mail.ts'

let world: TestServices

beforeAll(async () => {
  world = await testServices()
})
afterAll(() => world.close())

test('a mail somebody waits for goes before a backlog of other work', async () => {
  const order: string[] = []
  const noting = (name: string) => task(name, z.unknown(), async () => void order.push(name))
  await inTransaction(world.ctx(), async (tx) => {
    for (let job = 0; job < 20; job++) await enqueue(tx, 'backlog', {})
    await sendMail(tx, {
      template: 'password-changed',
      recipient: 'buyer@acme.test',
      language: 'en',
      params: { site: null, username: 'acme', at: world.ctx().now().toISOString() },
    })
  })
  await runDueJobs(world.services, world.pool, [noting('backlog'), noting(sendMailTaskName)])
  expect(order[0]).toBe(sendMailTaskName)
  expect(order).toHaveLength(21)
})
