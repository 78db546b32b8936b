import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkspaceId } from '../../contract/ids.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someWorkspaces } from '../../test/usage-world.ts'
import type { Ctx } from '../context.ts'
import { acceptUsage } from './accept-usage.ts'
import { foldTotals } from './fold-totals.ts'
import { usageDoor } from './usage-door.ts'
import { usageOfDay } from './usage-of-day.ts'

const casesPerRun = 10
const runs = 120

let world: TestServices
/** Two processes on one database: each has a queue and a memory of its own. */
let processes: Ctx[]

beforeAll(async () => {
  world = await testServices()
  const other = { ...world.services }
  processes = [world.ctx(), world.ctx({ services: other })]
})
afterAll(async () => {
  for (const ctx of processes) await usageDoor(ctx.services).close()
  await world.close()
})

/** One sender's story: calls in order, each holding some of its events, sent by one of two processes, with or without waiting. */
const story = fc.array(
  fc.record({
    events: fc.array(fc.record({ source: fc.nat(1), id: fc.nat(6) }), { minLength: 1, maxLength: 8 }),
    process: fc.nat(1),
    waits: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
)

test(
  'in any split, order, repetition and concurrency each source and id counts once',
  { timeout: 240_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(story, { minLength: casesPerRun, maxLength: casesPerRun }), async (stories) => {
        const workspaces = await someWorkspaces(world.ctx(), stories.length)
        const told = stories.map((calls, index) => ({ calls, workspaceId: workspaces[index] as WorkspaceId }))
        const answers = await Promise.all(told.map(({ calls, workspaceId }) => tell(calls, workspaceId)))
        await foldTotals(world.ctx())
        const stored = await storedEvents(workspaces)
        const day = { site: 'cn1', day: '2026-03-10' }
        const { usage } = await usageOfDay(world.ctx(), { ...day, workspaceIds: workspaces })
        for (const [index, { calls, workspaceId }] of told.entries()) {
          const sent = calls.flatMap((call) => call.events)
          const distinct = new Map(sent.map((event) => [`${event.source} ${event.id}`, quantityOf(event)]))
          expect(answers[index]).toEqual({ inserted: distinct.size, duplicates: sent.length - distinct.size })
          expect(stored.get(workspaceId)).toBe(distinct.size)
          const total = [...distinct.values()].reduce((sum, quantity) => sum + quantity, 0)
          expect(usage.find((row) => row.workspaceId === workspaceId)?.quantity).toBe(String(total))
        }
      }),
      { numRuns: runs, endOnFailure: true },
    )
  },
)

interface Call {
  events: { source: number; id: number }[]
  process: number
  waits: boolean
}

/** The same event always says the same. */
function quantityOf({ source, id }: { source: number; id: number }): number {
  return 1 + source * 1000 + 10 ** (id % 4) * id
}

async function tell(calls: readonly Call[], workspaceId: WorkspaceId) {
  const answers = []
  for (const call of calls) {
    const ctx = processes[call.process] as Ctx
    const raw = call.events.map((event) => ({
      specversion: '1.0',
      type: 'purser.usage.recorded',
      source: `source-${event.source}`,
      id: `id-${event.id}`,
      time: '2026-03-10T03:00:00Z',
      data: { meter: 'sms', quantity: quantityOf(event) },
    }))
    const answer = acceptUsage(ctx, { workspaceId }, raw)
    answers.push(answer)
    if (call.waits) await answer
  }
  const all = await Promise.all(answers)
  expect(all.flatMap((answer) => answer.rejected)).toEqual([])
  return {
    inserted: all.reduce((sum, answer) => sum + answer.inserted, 0),
    duplicates: all.reduce((sum, answer) => sum + answer.duplicates, 0),
  }
}

async function storedEvents(workspaceIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select w.workspace_id as id, count(*) as count from usage_events e join usage_workspaces w on w.number = e.workspace
    where w.workspace_id = any(${workspaceIds}::text[]) group by 1`.execute(world.services.db)
  return new Map(rows.map((row) => [row.id, row.count]))
}
