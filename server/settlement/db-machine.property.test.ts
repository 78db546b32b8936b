import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../contract/ids.ts'
import { productCode } from '../../test/catalogue.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { seeCloudAccount } from '../accounts/see-cloud-account.ts'
import { inTransaction } from '../context.ts'
import { connectorOf } from '../marketplaces/connector-of.ts'
import type { UsageToPush, UsageVerdict } from '../marketplaces/connector.ts'
import { readInstance } from '../marketplaces/read-instance.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { contribute } from './contribute.ts'
import { meteredInstance } from './metered.ts'
import type { ConnectorFor } from './metered.ts'
import { endStates } from './push-states.ts'
import { resolveUnknown } from './resolve-unknown.ts'
import { runSettlement } from './run-settlement.ts'

let world: TestServices
let instances: InstanceRow[]
let counter = 0

beforeAll(async () => {
  world = await testServices()
})
afterAll(async () => {
  await world.close()
})

async function freshInstance(): Promise<InstanceRow> {
  counter += 1
  const ctx = world.ctx()
  const id = newId('instance')
  await inTransaction(ctx, async (tx) => {
    const account = await seeCloudAccount(tx, { marketplace: 'alibaba', accountRef: String(10_000_000 + counter) })
    await tx.db
      .insertInto('marketplace_instances')
      .values({
        id,
        marketplace: 'alibaba',
        instance_ref: `i${counter}`,
        order_ref: `o${counter}`,
        cloud_account_id: account.id,
        product_code: productCode,
        sku: 'postpay',
        items: '{}',
        expires_on: null,
        purchased_at: tx.now(),
        status_changed_at: tx.now(),
        confirmed_at: null,
      })
      .execute()
  })
  return readInstance(ctx, id)
}

/** What the pretended marketplace does with a call: what it counts, and what it lets us hear of it. */
const behaviour = fc.constantFrom(
  'accept',
  'throttle',
  'refuse',
  'count and say nothing',
  'lose',
  'count and die',
  'die',
)
type Behaviour = typeof behaviour extends fc.Arbitrary<infer Each> ? Each : never
/** An hour's story: what is used in it, then, once it is sealed, what happens to each attempt to report it, and what a person finds. */
const hour = fc.record({
  uses: fc.array(fc.record({ which: fc.nat(2), source: fc.nat(3), total: fc.nat(9_000) }), { maxLength: 4 }),
  attempts: fc.array(fc.record({ does: fc.array(behaviour, { maxLength: 3 }), minutes: fc.constantFrom(1, 2, 15) }), {
    minLength: 1,
    maxLength: 4,
  }),
  resolves: fc.constantFrom('accepted', 'rejected', null),
})

/** Counts like a marketplace: by instance and interval, as often as it is told. */
function pretendMarket(counted: Map<string, number>) {
  let plan: Behaviour[] = []
  const verdicts: Record<Behaviour, () => UsageVerdict> = {
    accept: () => ({ kind: 'accepted', receipt: 'r' }),
    throttle: () => ({ kind: 'retry', code: 'Service.Flow.Control', afterSeconds: 60 }),
    refuse: () => ({ kind: 'rejected', code: 'Invalid.Parameter.Instance', message: 'no' }),
    'count and say nothing': () => ({ kind: 'unknown', code: 'TimeoutError' }),
    lose: () => ({ kind: 'unknown', code: 'UnknownError' }),
    'count and die': () => {
      throw new Error('killed')
    },
    die: () => {
      throw new Error('killed')
    },
  }
  async function pushUsage(records: readonly UsageToPush[]): Promise<UsageVerdict[]> {
    const does = plan.shift() ?? 'accept'
    if (['accept', 'count and say nothing', 'count and die'].includes(does)) {
      for (const { instanceRef, from, quantities } of records) {
        for (const { item } of quantities) {
          const name = `${instanceRef} ${item} ${from.toISOString()}`
          counted.set(name, (counted.get(name) ?? 0) + 1)
        }
      }
    }
    return records.map(() => verdicts[does]())
  }
  const connectorFor: ConnectorFor = (config, marketplace) => {
    const real = connectorOf(config, marketplace)
    return real && { ...real, pushUsage }
  }
  return { connectorFor, does: (list: Behaviour[]) => (plan = [...list]) }
}

async function use(instance: InstanceRow, source: string, total: string) {
  const metered = meteredInstance(world.ctx(), instance)!
  await inTransaction(world.ctx(), (tx) =>
    contribute(tx, { instance, metered, dimension: metered.dimensions[0]!, source, total, at: tx.now() }),
  )
}

const recordsOf = () =>
  world.services.db
    .selectFrom('usage_records')
    .selectAll()
    .where(
      'instance_id',
      'in',
      instances.map((each) => each.id),
    )
    .execute()

test(
  'whatever the marketplace answers and whenever a sender dies: nothing measured is lost, nothing is counted twice, every report ends in one state',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hour, { minLength: 1, maxLength: 4 }), async (story) => {
        instances = [await freshInstance(), await freshInstance(), await freshInstance()]
        const counted = new Map<string, number>()
        const market = pretendMarket(counted)
        const totals = new Map<string, { instance: InstanceRow; total: number }>()
        const run = async (does: Behaviour[]) => {
          market.does(does)
          await runSettlement(world.ctx(), market.connectorFor).catch((error: unknown) => {
            if (!(error instanceof Error) || error.message !== 'killed') throw error
          })
        }
        for (const { uses, attempts, resolves } of story) {
          for (const { which, source, total } of uses) {
            const instance = instances[which]!
            await use(instance, `usage/${source}`, String(total))
            totals.set(`${instance.id} ${source}`, { instance, total })
          }
          world.clock.advance(71 * 60_000)
          for (const { does, minutes } of attempts) {
            await run(does)
            world.clock.advance(minutes * 60_000)
          }
          const unknown = resolves && (await recordsOf()).find((row) => row.state === 'UNKNOWN')
          if (!unknown) continue
          await inTransaction(world.ctx(), (tx) =>
            resolveUnknown(tx, { recordId: unknown.id, resolution: resolves, because: 'test' }),
          )
        }
        // Until everything has come to its end.
        for (const minutes of [2, 2, 2, 50, 50, 50, 50]) {
          world.clock.advance(minutes * 60_000)
          await run([])
        }
        const records = await recordsOf()
        for (const row of records) expect([...endStates, 'UNKNOWN']).toContain(row.state)
        for (const times of counted.values()) expect(times).toBe(1)
        for (const row of records.filter((each) => each.state === 'ACCEPTED' && each.code === null)) {
          const { instance_ref } = instances.find((each) => each.id === row.instance_id)!
          expect(counted.get(`${instance_ref} ${row.item} ${row.period_from.toISOString()}`)).toBe(1)
        }
        for (const instance of instances) {
          const measured = [...totals.values()].filter((each) => each.instance.id === instance.id)
          const { rows } = await sql<{ kept: string }>`
            select coalesce(sum(units * unit), 0) + coalesce((select sum(carried) from usage_carries where instance_id = ${instance.id}), 0) as kept
            from usage_records where instance_id = ${instance.id}`.execute(world.services.db)
          expect(Number(rows[0]!.kept)).toBe(measured.reduce((sum, each) => sum + each.total, 0))
        }
      }),
      { numRuns: 40 },
    )
  },
)
