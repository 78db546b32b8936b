import { afterAll, beforeAll, expect, test } from 'vitest'
import { dailyProductCode, productCode } from '../../test/catalogue.ts'
import { activatedBuyer } from '../../test/cast.ts'
import { sandboxWorld } from '../../test/sandbox-world.ts'
import type { SandboxWorld } from '../../test/sandbox-world.ts'
import { someUsage } from '../../test/usage.ts'
import { advanceClock } from '../platform/jobs/advance-clock.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { tasks, timedTasks } from '../worker.ts'

let market: SandboxWorld

beforeAll(async () => {
  market = await sandboxWorld()
  await seedPriceBooks(market.world.ctx())
})
afterAll(async () => {
  await market.close()
})

const hours = 3_600_000
/** The clocks of both sides go ahead together, with everything done that falls due on the way. */
async function goOn(milliseconds: number): Promise<void> {
  const { services, pool } = market.world
  const alongside = (step: number) => market.press<void>('clock', { advanceMs: step })
  await advanceClock({ services, pool, tasks, timed: timedTasks, alongside }, milliseconds)
}

async function ends(instanceRef: string) {
  const records = await market.world.services.db
    .selectFrom('usage_records')
    .innerJoin('marketplace_instances', 'marketplace_instances.id', 'usage_records.instance_id')
    .select(['state', 'units', 'code'])
    .where('instance_ref', '=', instanceRef)
    .execute()
  const accepted = records
    .filter((each) => each.state === 'ACCEPTED')
    .reduce((sum, each) => sum + Number(each.units), 0)
  const { totals } = await market.look<{ totals: { billedQuantity: string; amount: string }[] }>(
    `statement?instanceId=${instanceRef}`,
  )
  const states = new Set(records.map((each) => `${each.state} ${each.code ?? ''}`.trim()))
  return {
    states,
    accepted,
    billed: totals.reduce((sum, each) => sum + Number(each.billedQuantity), 0),
    amount: totals[0]?.amount,
  }
}

test(
  'over days of usage by the hour and by the day, everything is reported in time, and the two sides agree to the unit',
  { timeout: 240_000 },
  async () => {
    const byHour = await activatedBuyer(market.world, market.app, { product: productCode, market: market.market })
    const byDay = await activatedBuyer(market.world, market.app, { product: dailyProductCode, market: market.market })
    for (let round = 0; round < 3; round += 1) {
      for (const { workspaceId } of [byHour, byDay]) {
        await someUsage(market.world.ctx(), [
          { workspaceId, meter: 'logs', quantity: String(1_234_567 * (round + 1)), retentionDays: 7 },
          { workspaceId, meter: 'traces', quantity: '17', retentionDays: 7 },
        ])
      }
      // Now shorter, now longer than the advance in which frequent tasks are woken once an hour only.
      await goOn(round % 2 === 0 ? 2 * hours : 20 * hours)
    }
    await goOn(30 * hours)
    const hourly = await ends(byHour.bought.instanceRef)
    expect(hourly).toMatchObject({ states: new Set(['ACCEPTED']), accepted: 7_407 + 3 * 17 })
    expect(hourly.billed).toBe(hourly.accepted)
    const daily = await ends(byDay.bought.instanceRef)
    expect(daily.states).toEqual(new Set(['ACCEPTED']))
    expect(daily.accepted).toBeGreaterThan(0)
    expect(daily.billed).toBe(daily.accepted)
    const { total } = await market.world.services.db
      .selectFrom('bill_cloud_amounts')
      .innerJoin('marketplace_instances', 'marketplace_instances.id', 'bill_cloud_amounts.instance_id')
      .select((eb) => eb.fn.sum<string>('amount').as('total'))
      .where('instance_ref', '=', byDay.bought.instanceRef)
      .executeTakeFirstOrThrow()
    expect(daily.amount).toBe(Number(total).toFixed(2))
    // Every cent of the bills went to the marketplace, by meter as by amount: the clouds owe us nothing any more.
    const clouds = await market.world.services.db
      .selectFrom('ledger_accounts')
      .innerJoin('marketplace_instances', 'marketplace_instances.id', 'ledger_accounts.about')
      .select('balance')
      .where('kind', '=', 'cloud_receivable')
      .where('instance_ref', 'in', [byHour.bought.instanceRef, byDay.bought.instanceRef])
      .execute()
    expect(clouds.map((each) => Number(each.balance))).toEqual([0, 0])
    const bills = await market.world.services.db.selectFrom('metered_bills').selectAll().execute()
    expect(bills.length).toBeGreaterThan(1)
    for (const { amount, collected } of bills) expect(collected).toBe(amount)
    const days = await market.world.services.db.selectFrom('reconciliations').selectAll().execute()
    expect(days.length).toBeGreaterThan(2)
    expect(days.filter((each) => each.differences > 0 || !each.stated)).toEqual([])
  },
)
