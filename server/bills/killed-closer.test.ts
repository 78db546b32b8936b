import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertPayers } from '../../test/many-payers.ts'
import type { InsertedPayer } from '../../test/many-payers.ts'
import { testInstance } from '../../test/paid-workspace.ts'
import { mortalProgram } from '../../test/mortal-program.ts'
import type { MortalProgram } from '../../test/mortal-program.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import type { WorkOrders } from '../../test/work-until-killed.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { addDays } from '../workspaces/site-day.ts'
import { checkLedger } from './check-ledger.ts'
import { closeDueDays } from './close-due-days.ts'
import { computeDayAgain } from './compute-day-again.ts'

/** How many closers are killed; `KILLS=50 npx vitest run server/bills/killed-closer` for a long look. */
const kills = Number(process.env['KILLS'] ?? 4)
const payerCount = 200
const day = 86_400_000
let closer: MortalProgram<WorkOrders>
let world: TestServices
let payers: InsertedPayer[]

beforeAll(async () => {
  closer = await mortalProgram('work-until-killed')
  world = await testServices()
  await seedPriceBooks(world.ctx())
  const instanceId = await testInstance(world)
  payers = await insertPayers(
    world,
    Array.from({ length: payerCount }, (_, index) => (index % 2 === 0 ? instanceId : null)),
  )
})
afterAll(async () => {
  await world.close()
  closer.remove()
})

function startCloser() {
  return closer.start({ work: 'closeDueDays', connection: world.connection, now: world.clock.now().toISOString() })
}

/** Every payer uses 2 million log entries kept 14 days (3.00), and every fifth finds another million for the day before (1.50). */
async function live(round: number): Promise<void> {
  const at = world.clock.now()
  const before = new Date(at.getTime() - day)
  const logs = { meter: 'logs', retentionDays: 14 } as const
  await someUsage(world.ctx(), [
    ...payers.map(({ workspaceId }) => ({ workspaceId, ...logs, quantity: '2000000', at })),
    ...payers
      .filter((_, index) => round > 0 && index % 5 === 0)
      .map(({ workspaceId }) => ({ workspaceId, ...logs, quantity: '1000000', at: before })),
  ])
}

test(
  `a daily close killed at any of ${kills} moments bills nobody twice and forgets nobody`,
  { timeout: 60_000 + kills * 30_000 },
  async () => {
    for (let kill = 0; kill < kills; kill += 1) {
      await live(kill)
      world.clock.advance(day)
      const life = await startCloser()
      // Anywhere between listing payers and the last bill; where, is chance.
      await Promise.race([pause(20 + Math.random() * 700), life.over])
      await life.kill()
    }
    await closeDueDays(world.ctx())

    const { db } = world.services
    const late = payerCount / 5
    const bills = await db.selectFrom('daily_bills').select(['day', 'billing_account_id', 'total']).execute()
    expect(bills).toHaveLength(kills * payerCount)
    const { rows } = await sql<{ fen: number }>`select (sum(amount) * 100)::int as fen from bill_lines`.execute(db)
    expect(rows).toEqual([{ fen: kills * payerCount * 300 + (kills - 1) * late * 150 }])
    const events = await db.selectFrom('events').select('id').where('kind', '=', 'bill.issued').execute()
    expect(events).toHaveLength(bills.length)
    expect(await checkLedger(world.ctx())).toMatchObject({ right: true, transactions: bills.length })
    for (let index = 0; index < kills; index += 1) {
      const of = { site: 'cn1', day: addDays('2026-03-10', index) }
      expect(await computeDayAgain(world.ctx(), of)).toEqual({ bills: payerCount, different: [] })
    }
  },
)
