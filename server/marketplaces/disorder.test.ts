import cookie from '@fastify/cookie'
import fc from 'fast-check'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { productCode } from '../../test/catalogue.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { sandboxKeys } from '../config.ts'
import type { Config } from '../config.ts'
import { runDueJobs } from '../platform/jobs/run-jobs.ts'
import { alibabaDoor } from './alibaba/door.ts'
import { spiToken } from './alibaba/spi-token.ts'
import { connectorOf } from './connector-of.ts'
import type { MarketplaceConnector } from './connector.ts'
import { modelMarketplace } from './model-marketplace.ts'
import type { ModelMarketplace, Notice } from './model-marketplace.ts'
import { confirmInstanceTask } from './tasks.ts'

let world: TestServices
let app: FastifyInstance
let runs = 0

beforeAll(async () => {
  world = await testServices()
  world.services.subscriptions = {}
  app = Fastify()
  await app.register(cookie)
  await alibabaDoor(app, world.services)
})

afterAll(async () => {
  await app.close()
  await world.close()
})

type Step =
  | { do: 'happen'; order: number; pick: number }
  /** Something happens and is told at once. */
  | { do: 'happen and tell'; order: number; pick: number }
  /** Deliver these notices of those in flight, all at once, some of them twice. */
  | { do: 'deliver'; picks: number[]; twice: boolean }
  /** Deliver again what was already delivered. */
  | { do: 'replay'; pick: number }
  /** Let the worker ask the marketplace, which answers or does not. */
  | { do: 'work'; reachable: boolean }

const nat = fc.nat({ max: 1000 })
// Mostly the same order: it is long stories that go wrong.
const orderOf = fc.constantFrom(0, 0, 0, 0, 1, 2)
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('happen' as const), order: orderOf, pick: nat }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('happen and tell' as const), order: orderOf, pick: nat }) },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('deliver' as const),
        picks: fc.array(nat, { minLength: 1, maxLength: 4 }),
        twice: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('replay' as const), pick: nat }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('work' as const), reachable: fc.boolean() }) },
  ),
  { minLength: 1, maxLength: 40 },
)

/** One run: the marketplace with its truth, the notices under way, and our side of it behind HTTP and the job queue. */
function startRun() {
  runs += 1
  const name = `run${runs}`
  const marketplace = modelMarketplace(name, productCode)
  const inFlight: Notice[] = []
  const delivered: Notice[] = []
  const answersToPurchases = new Map<string, Set<string>>()
  let tellings = 0

  /** Tells one notice; the vendor tries again later whatever was not answered with an id or success. */
  async function tell(notice: Notice): Promise<boolean> {
    const params = { ...notice, token: spiToken(notice, sandboxKeys.alibabaSpiKey) }
    tellings += 1
    const response = await app.inject({ url: `/marketplaces/alibaba/spi?${new URLSearchParams(params)}` })
    const answer = response.json<{ instanceId?: string; success?: boolean }>()
    if (notice['orderBizId'] === undefined) return answer.success === true
    const answers = answersToPurchases.get(notice['orderBizId']) ?? new Set()
    answersToPurchases.set(notice['orderBizId'], answers.add(response.body))
    return answer.instanceId === notice['orderBizId']
  }

  async function deliver(notices: Notice[], twice: boolean): Promise<void> {
    const copies = twice ? [...notices, ...notices] : notices
    const taken = await Promise.all(copies.map(async (notice) => ((await tell(notice)) ? notice : null)))
    for (const notice of notices.filter((each) => taken.includes(each))) {
      inFlight.splice(inFlight.indexOf(notice), 1)
      delivered.push(notice)
    }
  }

  async function work(reachable: boolean): Promise<void> {
    const connectorFor = (config: Config, id: string): MarketplaceConnector | null => {
      const connector = connectorOf(config, id)
      const fetchState = async (ref: string) =>
        reachable ? marketplace.stateOf(ref) : { kind: 'unreachable' as const, code: 'ETIMEDOUT' }
      return connector && { ...connector, fetchState }
    }
    await runDueJobs(world.services, world.pool, [confirmInstanceTask(connectorFor)])
  }

  async function take(step: Step): Promise<void> {
    switch (step.do) {
      case 'happen':
      case 'happen and tell': {
        const notice = marketplace.happen(step.order, step.pick)
        if (notice) inFlight.push(notice)
        if (notice && step.do === 'happen and tell') await deliver([notice], false)
        return
      }
      case 'deliver':
        return deliver([...new Set(step.picks.flatMap((pick) => oneOf(inFlight, pick)))], step.twice)
      case 'replay':
        for (const notice of oneOf(delivered, step.pick)) await tell(notice)
        return
      case 'work':
        return work(step.reachable)
      default:
        return step satisfies never
    }
  }

  /** Everything arrives in the end, except what is refused for good; then every job that waits for its time gets it. */
  async function finish(order: number[]): Promise<void> {
    for (let round = 0; round < 4; round += 1) {
      for (const pick of order) await deliver(oneOf(inFlight, pick), false)
      await deliver([...inFlight], false)
    }
    for (let round = 0; round < 5; round += 1) {
      await world.pool.query(
        'select graphile_worker.reschedule_jobs(array_agg(id), run_at := now(), attempts := 0) from graphile_worker.jobs',
      )
      await work(true)
    }
  }

  return { name, marketplace, inFlight, answersToPurchases, take, finish, tellings: () => tellings }
}

function oneOf<Item>(list: readonly Item[], pick: number): Item[] {
  return list.slice(pick % Math.max(list.length, 1)).slice(0, 1)
}

async function instancesOf(name: string) {
  return world.services.db
    .selectFrom('marketplace_instances')
    .innerJoin('cloud_accounts', 'cloud_accounts.id', 'cloud_account_id')
    .select(['marketplace_instances.id', 'instance_ref', 'order_ref', 'account_ref', 'status', 'sku', 'items'])
    .where('instance_ref', 'like', `${name}-%`)
    .orderBy('instance_ref')
    .execute()
}

function expected({ orders }: ModelMarketplace) {
  return orders
    .filter((order) => order.status !== 'not bought')
    .map(({ instanceRef, orderRef, accountRef, status, sku }) => ({
      instance_ref: instanceRef,
      order_ref: orderRef,
      account_ref: accountRef,
      status,
      // After the release nobody asks for a specification any more.
      ...(status === 'released' ? {} : { sku }),
      items: { Count: '2' },
    }))
}

const endsRight = fc.asyncProperty(steps, fc.array(nat, { minLength: 3, maxLength: 10 }), async (script, order) => {
  const run = startRun()
  const released = new Set<string>()
  for (const step of script) {
    await run.take(step)
    for (const { instance_ref: ref, status } of await instancesOf(run.name)) {
      if (status === 'released') released.add(ref)
      else expect(released, 'a released instance was opened again').not.toContain(ref)
    }
  }
  await run.finish(order)

  const instances = await instancesOf(run.name)
  expect(instances).toMatchObject(expected(run.marketplace))
  expect(instances).toHaveLength(expected(run.marketplace).length)
  for (const answers of run.answersToPurchases.values()) expect(answers.size).toBe(1)
  for (const notice of run.inFlight) {
    const owner = instances.find((instance) => instance.instance_ref === notice['instanceId'])
    expect([notice['action'], owner?.status]).toEqual([expect.stringMatching(/^(renew|upgrade)Instance$/), 'released'])
  }
  await expectEverythingKept(run.name, run.tellings(), instances.length)
})

const runsAtLeast = 300
const runsAtMost = 5000

test('any order, repetition and retrying of notifications ends in one instance per order in the right state', async () => {
  for (let done = 0; done < runsAtLeast || !(await everyVerdictSeen()); done += 100) {
    expect(done, 'runs until scripts led to every refusal, repetition and correction').toBeLessThan(runsAtMost)
    await fc.assert(endsRight, { numRuns: 100, endOnFailure: false })
  }
}, 600_000)

/** Each telling left a row, each instance one purchase event with its audit row. */
async function expectEverythingKept(name: string, tellings: number, instanceCount: number): Promise<void> {
  const { db } = world.services
  const kept = await db
    .selectFrom('marketplace_notifications')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('instance_ref', 'like', `${name}-%`)
    .executeTakeFirstOrThrow()
  expect(kept.count).toBe(tellings)
  const { rows: purchases } = await world.pool.query(
    `select events.id from events join audit_entries on event_id = events.id
     join marketplace_instances instance on events.about @> jsonb_build_object('instanceId', instance.id)
     where events.kind = 'instance.purchased' and instance_ref like $1`,
    [`${name}-%`],
  )
  expect(purchases).toHaveLength(instanceCount)
}

/** The property would be worth little if the scripts never led to a refusal, a repetition or a correction. */
async function everyVerdictSeen(): Promise<boolean> {
  const { db } = world.services
  const verdicts = await db.selectFrom('marketplace_notifications').select('verdict').distinct().execute()
  const corrections = await world.pool.query<{ kind: string }>(
    "select distinct kind from events where detail->>'learnedBy' = 'confirmation'",
  )
  const seen = new Set([...verdicts.map((row) => row.verdict), ...corrections.rows.map((row) => row.kind)])
  return [
    'applied',
    'duplicate',
    'stale',
    'unknown_instance',
    'instance.released',
    'instance.restored',
    'instance.suspended',
    'instance.upgraded',
  ].every((each) => seen.has(each))
}
