import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { advanceClock, readClock } from '../contract/clock.ts'
import { createApp } from '../server/app.ts'
import { inTransaction, systemContext } from '../server/context.ts'
import { sandboxClock } from '../server/platform/clock.ts'
import { catchUpClock } from '../server/platform/jobs/follow-clock.ts'
import { runDueJobs } from '../server/platform/jobs/run-jobs.ts'
import { enqueue } from '../server/platform/jobs/enqueue.ts'
import { task } from '../server/platform/jobs/task.ts'
import type { TimedTask } from '../server/platform/jobs/task.ts'
import { testClock } from '../server/platform/jobs/test-clock.ts'
import type { TestClock } from '../server/platform/jobs/test-clock.ts'
import { testBrowser } from './browser.ts'
import { testServices } from './services.ts'
import type { TestServices } from './services.ts'

const hour = 3_600_000
let world: TestServices
let done: string[]
let clock: TestClock
let app: FastifyInstance

const note = task('test.note', z.object({ what: z.string() }), async (ctx, { what }) => {
  done.push(`${what} ${ctx.now().toISOString().slice(11, 16)}`)
})
const hourly: TimedTask = {
  task: task('test.hourly', z.unknown(), async (ctx) => {
    done.push(`hourly ${ctx.now().toISOString().slice(11, 16)}`)
    await inTransaction(ctx, (tx) => enqueue(tx, note.name, { what: 'follow-up' }))
  }),
  crontab: '0 * * * *',
}

beforeEach(async () => {
  done = []
  world = await testServices()
  world.services.clock = sandboxClock()
  clock = testClock({ services: world.services, pool: world.pool, tasks: [note], timed: [hourly] })!
  app = await createApp(world.services, { clock })
})
afterEach(async () => {
  await app.close()
  await world.close()
})

async function later(minutes: number, what: string): Promise<void> {
  const ctx = systemContext(world.services, 'test')
  const runAt = new Date(ctx.now().getTime() + minutes * 60_000)
  await inTransaction(ctx, (tx) => enqueue(tx, note.name, { what }, { runAt }))
}

describe('the test clock', () => {
  it('does what falls due in order, follow-ups included, and answers when all is quiet', async () => {
    // To the full hour first, so that the moments below are known.
    await clock.advance(hour - (world.services.clock.now().getTime() % hour) - 1000)
    done = []
    await later(30, 'second')
    await later(10, 'first')
    await later(500, 'much later')
    await clock.advance(hour)
    expect(done.map((entry) => entry.split(' ')[0])).toEqual(['hourly', 'follow-up', 'first', 'second'])
    const [first, second] = ['first', 'second'].map((what) => done.find((entry) => entry.startsWith(what))?.slice(-2))
    expect([first, second]).toEqual(['09', '29'])
  })

  it('is turned over HTTP, goes on from where it was after a restart, and never goes back', async () => {
    const person = testBrowser(app)
    const before = await person.call(readClock, {})
    const after = await person.call(advanceClock, { body: { milliseconds: 90_000 } })
    expect(after.aheadMilliseconds).toBe(90_000)
    expect(Date.parse(after.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(90_000)
    const kept = await world.services.db.selectFrom('clock_offset').select('milliseconds').executeTakeFirstOrThrow()
    expect(Number(kept.milliseconds)).toBe(90_000)
    const refused = await person.refused(advanceClock, { body: { milliseconds: -1 } })
    expect(refused.fields[0]?.path).toBe('milliseconds')
  })

  it('tries a failed job again within the time that passes', async () => {
    let tries = 0
    const failing = task('test.failing', z.unknown(), async () => {
      tries += 1
      if (tries < 3) throw new Error('not yet')
    })
    const own = testClock({ services: world.services, pool: world.pool, tasks: [failing], timed: [] })!
    const ctx = systemContext(world.services, 'test')
    await inTransaction(ctx, (tx) => enqueue(tx, failing.name, {}))
    await own.advance(hour)
    expect(tries).toBe(3)
    const { rows } = await sql`select 1 from graphile_worker.jobs`.execute(world.services.db)
    expect(rows).toEqual([])
  })

  it('advanced by one process, is ahead for every other of the same database', async () => {
    const other = { ...world.services, clock: sandboxClock() }
    await clock.advance(hour)
    expect(other.clock.offset()).toBe(0)
    await catchUpClock(other)
    expect(other.clock.offset()).toBe(hour)
    const theirs = testClock({ services: other, pool: world.pool, tasks: [note], timed: [] })!
    await theirs.advance(hour)
    // Asked of the first: it goes on from where the other one stopped.
    await clock.advance(hour)
    expect(world.services.clock.offset()).toBe(3 * hour)
  })

  it('is caught up with before a job runs, so that a job made due elsewhere sees the time it is due', async () => {
    let seen = 0
    const looks = task('test.looks', z.unknown(), async (ctx) => {
      seen = ctx.now().getTime()
    })
    const due = Date.now() + 2 * hour
    const ctx = systemContext(world.services, 'test')
    await inTransaction(ctx, (tx) => enqueue(tx, looks.name, {}, { runAt: new Date(due) }))
    const turning = testClock({ services: world.services, pool: world.pool, tasks: [], timed: [] })!
    const elsewhere = { ...world.services, clock: sandboxClock() }
    const worked = (async () => {
      while (seen === 0) await runDueJobs(elsewhere, world.pool, [looks])
    })()
    await turning.advance(3 * hour)
    await worked
    expect(seen).toBeGreaterThanOrEqual(due)
  })

  it('does not exist in production', async () => {
    const config = { ...world.services.config, mode: 'production' as const }
    const options = { services: { ...world.services, config }, pool: world.pool, tasks: [], timed: [] }
    expect(testClock(options)).toBeNull()
    const bare = await createApp({ ...world.services, config })
    const answer = await bare.inject({ method: 'POST', url: '/v1/clock/advance', payload: { milliseconds: 1 } })
    expect(answer.statusCode).toBe(404)
    await bare.close()
  })
})
