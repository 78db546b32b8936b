import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { WorkspaceId } from '../../contract/ids.ts'
import { mortalProgram } from '../../test/mortal-program.ts'
import type { MortalProgram } from '../../test/mortal-program.ts'
import { testPaidWorkspace } from '../../test/paid-workspace.ts'
import { testPayer } from '../../test/payer.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import type { WorkOrders } from '../../test/work-until-killed.ts'
import { checkTotals } from '../metering/check-totals.ts'
import { eraseDetail } from '../metering/erase-detail.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { closeDueDays } from './close-due-days.ts'
import { computeDayAgain } from './compute-day-again.ts'

/** How many erasers are killed. */
const kills = Number(process.env['KILLS'] ?? 4)
const eventCount = 120_000
const day = 86_400_000
let eraser: MortalProgram<WorkOrders>
let world: TestServices
let gone: WorkspaceId
let living: WorkspaceId

beforeAll(async () => {
  eraser = await mortalProgram('work-until-killed')
  world = await testServices()
  await seedPriceBooks(world.ctx())
  const billingAccountId = await testPayer(world)
  gone = await testPaidWorkspace(world, { billingAccountId })
  living = await testPaidWorkspace(world, { billingAccountId })
})
afterAll(async () => {
  await world.close()
  eraser.remove()
})

/** Usage of both workspaces: one stored event, and for the one that goes very many like it. */
async function use(): Promise<void> {
  const logs = { meter: 'logs', quantity: '100', retentionDays: 14 } as const
  await someUsage(world.ctx(), [
    { workspaceId: gone, ...logs },
    { workspaceId: living, ...logs },
    { workspaceId: gone, meter: 'network_hosts', quantity: '1', item: 'a' },
  ])
  await sql`
    insert into usage_events
    select md5(n::text)::uuid, occurred_at, received_at, workspace, day, source, meter, retention, 0, 'more-' || n, item
    from usage_events cross join generate_series(1, ${eventCount}) as n
    where workspace = (select number from usage_workspaces where workspace_id = ${gone}) and quantity = 100`.execute(
    world.services.db,
  )
}

function startEraser() {
  return eraser.start({ work: 'eraseDetail', connection: world.connection, now: world.clock.now().toISOString() })
}

async function left(workspaceId: WorkspaceId) {
  const { rows } = await sql<{ events: number; hours: number; items: number; days: number }>`
    select (select count(*) from usage_events where workspace = number)::int as events,
      (select count(*) from usage_hours where workspace = number)::int as hours,
      (select count(*) from usage_items where workspace = number)::int as items,
      (select count(*) from usage_days where workspace = number)::int as days
    from usage_workspaces where workspace_id = ${workspaceId}`.execute(world.services.db)
  return rows[0]!
}

test(
  `an erasure killed at any of ${kills} moments is finished by the next, touches nobody else, and leaves every bill as it was`,
  { timeout: 60_000 + kills * 30_000 },
  async () => {
    await use()
    const before = { gone: await left(gone), living: await left(living) }
    expect(before.gone.events).toBe(eventCount + 2)
    world.clock.advance(day)
    await closeDueDays(world.ctx())
    const again = () => computeDayAgain(world.ctx(), { site: 'cn1', day: '2026-03-10' })
    await sql`update workspaces set standing = 'dissolved', dissolved_at = ${world.clock.now()}
      where id = ${gone}`.execute(world.services.db)
    for (let kill = 0; kill < kills; kill += 1) {
      const life = await startEraser()
      // Anywhere between the first event and the last; where, is chance.
      await Promise.race([pause(20 + Math.random() * 150), life.over])
      await life.kill()
      expect(await checkTotals(world.ctx())).toEqual([])
      expect(await again()).toEqual({ bills: 1, different: [] })
    }
    await Promise.all([eraseDetail(world.ctx()), eraseDetail(world.ctx())])
    const nothing = { events: 0, hours: 0, items: 0, days: before.gone.days }
    const finished = async () => {
      await eraseDetail(world.ctx())
      expect(await left(gone)).toEqual(nothing)
    }
    // The database finishes the last statement of a killed eraser, and until then it holds the workspace.
    await vi.waitFor(finished, { timeout: 30_000, interval: 100 })

    expect(await left(living)).toEqual(before.living)
    expect(await checkTotals(world.ctx())).toEqual([])
    expect(await again()).toEqual({ bills: 1, different: [] })
    const told = await world.services.db
      .selectFrom('events')
      .select('about')
      .where('kind', '=', 'workspace.detail_deleted')
      .execute()
    expect(told).toEqual([{ about: { workspaceId: gone } }])
  },
)
