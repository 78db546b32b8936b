import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkspaceId } from '../../contract/ids.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someWorkspaces } from '../../test/usage-world.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { acceptUsage } from './accept-usage.ts'
import { checkTotals } from './check-totals.ts'
import { closeMeteringDay } from './close-metering-day.ts'
import { foldTotals } from './fold-totals.ts'
import { takeLateDays } from './take-late-days.ts'
import { usageDoor } from './usage-door.ts'
import { usageOfDay } from './usage-of-day.ts'

const runs = 130

/** Zones whose offset never changes, so that the oracle needs no calendar: some begin their days within an hour. */
const zones = [
  ['aa1', 'Asia/Shanghai', 480],
  ['aa2', 'Asia/Kolkata', 330],
  ['aa3', 'Asia/Kathmandu', 345],
  ['aa4', 'America/Phoenix', -420],
  ['aa5', 'Etc/UTC', 0],
  ['aa6', 'Pacific/Kiritimati', 840],
  ['aa7', 'Asia/Tokyo', 540],
  ['aa8', 'Pacific/Marquesas', -570],
] as const

let world: TestServices
let ctx: Ctx

beforeAll(async () => {
  world = await testServices((config) => ({
    ...config,
    catalogue: {
      ...config.catalogue,
      sites: zones.map(([code, timeZone]) => ({
        code,
        timeZone,
        name: { en: code, zh: code },
        currency: 'CNY' as const,
        priceRegion: 'CN' as const,
      })),
    },
  }))
  ctx = world.ctx()
})
afterAll(async () => {
  await usageDoor(ctx.services).close()
  await world.close()
})

const measured = fc.oneof(
  fc.record({
    meter: fc.constant('logs'),
    quantity: fc.oneof(
      fc.nat(1_000_000).map((number) => (number / 1000).toFixed(3).replace(/\.?0+$/, '')),
      fc.constantFrom('0', '0.000000000001', '999999999999999999', '9007199254740993.5'),
    ),
    retentionDays: fc.constantFrom(7, 14),
  }),
  fc.record({ meter: fc.constant('forwarding_internal'), quantity: fc.nat(20).map(String) }),
  fc.record({ meter: fc.constant('network_hosts'), item: fc.constantFrom('a', 'b', 'c', 'd') }),
  fc.record({
    meter: fc.constant('session_replays'),
    item: fc.constantFrom('s', 't'),
    quantity: fc.integer({ min: 1, max: 4 }),
  }),
)
type Measured = { meter: string; quantity?: string | number; retentionDays?: number; item?: string }

/** Quarters of an hour before noon UTC: usage lies in the 40 hours before, which touches three days of every zone. */
const quartersAgo = fc.nat(160)

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('record' as const), measured, quartersAgo }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('correct' as const),
      target: fc.nat(),
      replacement: fc.option(fc.record({ measured, quartersAgo })),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'fold' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'look' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const), back: fc.nat(2) }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

interface Counted extends Measured {
  timeMs: number
}

const noon = Date.parse('2026-03-10T12:00:00Z')
const dayMs = 86_400_000

/** What a day's totals are, worked out from the events that count, in the plainest way. */
function oracle(events: readonly Counted[], day: string, offset: number): string[] {
  const ofDay = events.filter(({ timeMs }) => dayOf(timeMs, offset) === day)
  const groups = new Map<string, Counted[]>()
  for (const event of ofDay) {
    const name = `${event.meter} ${event.retentionDays ?? null}`
    groups.set(name, [...(groups.get(name) ?? []), event])
  }
  return [...groups]
    .map(([name, group]): [string, Decimal] => [name, quantityOf(group)])
    .filter(([, quantity]) => !quantity.isZero())
    .map(([name, quantity]) => `${name} ${quantity.toFixed()}`)
    .sort()
}

const Exact = Decimal.clone({ precision: 60 })

function quantityOf(group: readonly Counted[]): Decimal {
  const meter = group[0]?.meter
  if (meter === 'logs') return group.reduce((sum, { quantity = 0 }) => sum.plus(quantity), new Exact(0))
  if (meter === 'forwarding_internal') return Exact.max(...group.map(({ quantity = 0 }) => quantity))
  const heaviest = new Map<string, number>()
  for (const { item = '', quantity = 1 } of group)
    heaviest.set(item, Math.max(Number(quantity), heaviest.get(item) ?? 0))
  return new Exact([...heaviest.values()].reduce((sum, weight) => sum + weight, 0))
}

function dayOf(timeMs: number, offset: number): string {
  return new Date(timeMs + offset * 60_000).toISOString().slice(0, 10)
}

async function totals(workspaceId: string, site: string, day: string, upTo: 'now' | 'close'): Promise<string[]> {
  const { usage } = await usageOfDay(ctx, { workspaceIds: [workspaceId], site, day, upTo })
  return usage.map(({ meter, retentionDays, quantity }) => `${meter} ${retentionDays} ${quantity}`).sort()
}

async function tell(steps: readonly Step[], workspaceId: WorkspaceId, zone: (typeof zones)[number]): Promise<void> {
  const [site, , offset] = zone
  const sent: (Counted | null)[] = []
  const alive = () => sent.filter((event) => event !== null)
  const closed = new Map<string, string[]>()
  const late = new Set<string>()
  const send = async (type: string, data: object, timeMs: number) => {
    const raw = {
      specversion: '1.0',
      type,
      source: 's',
      id: crypto.randomUUID(),
      data,
      time: new Date(timeMs).toISOString(),
    }
    const answer = await acceptUsage(ctx, { workspaceId }, [raw])
    expect(answer).toEqual({ inserted: 1, duplicates: 0, rejected: [] })
    return raw.id
  }
  const ids: string[] = []
  const touch = (event: Counted) => closed.has(dayOf(event.timeMs, offset)) && late.add(dayOf(event.timeMs, offset))
  for (const told of steps) {
    if (told.kind === 'record') {
      const event = { ...told.measured, timeMs: noon - told.quartersAgo * 900_000 }
      ids.push(await send('purser.usage.recorded', told.measured, event.timeMs))
      sent.push(event)
      touch(event)
    } else if (told.kind === 'correct') {
      const index = sent.length === 0 ? -1 : told.target % sent.length
      const target = sent[index]
      if (!target) continue
      const corrects = { id: ids[index] }
      const { replacement } = told
      const timeMs = noon - (replacement?.quartersAgo ?? 0) * 900_000
      const type = replacement ? 'purser.usage.replaced' : 'purser.usage.voided'
      const id = await send(type, { corrects, ...replacement?.measured }, timeMs)
      touch(target)
      sent[index] = null
      if (!replacement) continue
      const event = { ...replacement.measured, timeMs }
      ids.push(id)
      sent.push(event)
      touch(event)
    } else if (told.kind === 'fold') await foldTotals(ctx)
    else if (told.kind === 'look') expect(await checkTotals(ctx, { workspaceIds: [workspaceId] })).toEqual([])
    else {
      const day = dayOf(noon - told.back * dayMs, offset)
      await inTransaction(ctx, (tx) => closeMeteringDay(tx, { site, day }))
      if (!closed.has(day)) closed.set(day, oracle(alive(), day, offset))
    }
  }
  await foldTotals(ctx)
  expect(await checkTotals(ctx, { workspaceIds: [workspaceId] })).toEqual([])
  for (const back of [0, 1, 2]) {
    const day = dayOf(noon - back * dayMs, offset)
    const now = oracle(alive(), day, offset)
    expect(await totals(workspaceId, site, day, 'now')).toEqual(now)
    expect(await totals(workspaceId, site, day, 'close')).toEqual(closed.get(day) ?? now)
  }
  const taken = await inTransaction(ctx, (tx) => takeLateDays(tx, { site, workspaceIds: [workspaceId] }))
  expect(taken.map(({ day }) => day)).toEqual([...late].sort())
}

test(
  'totals are the fold of the events at any moment, closed days stay as they were',
  { timeout: 240_000 },
  async () => {
    world.clock.advance(noon - world.clock.now().getTime())
    const stories = fc.tuple(...zones.map(() => fc.array(step, { minLength: 1, maxLength: 10 })))
    await fc.assert(
      fc.asyncProperty(stories, async (told) => {
        await sql`delete from closed_days`.execute(ctx.db)
        await Promise.all(
          zones.map(async (zone, index) => {
            const [workspaceId] = await someWorkspaces(ctx, 1, zone[0])
            await tell(told[index] ?? [], workspaceId as WorkspaceId, zone)
          }),
        )
      }),
      { numRuns: runs, endOnFailure: true },
    )
  },
)
