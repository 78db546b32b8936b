import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mortalProgram } from '../../test/mortal-program.ts'
import type { MortalProgram } from '../../test/mortal-program.ts'
import { sandboxWorld } from '../../test/sandbox-world.ts'
import type { SandboxWorld } from '../../test/sandbox-world.ts'
import type { SenderOrders } from '../../test/settle-until-killed.ts'
import { inTransaction } from '../context.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { contribute } from './contribute.ts'
import { meteredInstance } from './metered.ts'
import { reconcileDue } from './reconcile-due.ts'
import { runSettlement } from './run-settlement.ts'

/** How many senders are killed; `KILLS=50 npx vitest run server/settlement/killed-sender` for a long look. */
const kills = Number(process.env['KILLS'] ?? 4)
let market: SandboxWorld
let sender: MortalProgram<SenderOrders>

beforeAll(async () => {
  sender = await mortalProgram('settle-until-killed')
  market = await sandboxWorld()
})
afterAll(async () => {
  await market.close()
  sender.remove()
})

function startSender() {
  const { connection, services } = market.world
  return sender.start({ connection, alibaba: market.alibaba, clockOffset: services.clock.offset() })
}

/** One unit for each of some instances, sealed, each to be sent in a call of its own: many moments at which a sender can die. */
async function sealedHour(instances: readonly InstanceRow[]): Promise<void> {
  await market.passUntil('10:00')
  for (const instance of instances) {
    const metered = meteredInstance(market.world.ctx(), instance)!
    const dimension = metered.dimensions[0]!
    await inTransaction(market.world.ctx(), (tx) =>
      contribute(tx, {
        instance,
        metered,
        dimension,
        source: `test/${tx.now().toISOString()}`,
        total: '1000',
        at: tx.now(),
      }),
    )
  }
  await market.world.services.db.updateTable('usage_records').set({ alone: true }).where('state', '=', 'OPEN').execute()
  await market.pass(71 * 60_000)
}

test(
  `a sender killed at any of ${kills} moments reports nothing twice, and what it had not written down is found in the statement`,
  { timeout: 60_000 + kills * 20_000 },
  async () => {
    const instances: InstanceRow[] = []
    for (let count = 0; count < 25; count += 1) instances.push(await market.buy())
    for (let kill = 0; kill < kills; kill += 1) {
      await sealedHour(instances)
      await market.press('faults', { on: 'openapi', kind: 'slow', action: 'PushMeteringData', times: 25, delayMs: 30 })
      const life = await startSender()
      // Anywhere between its first call and its last; which, is chance.
      await pause(20 + Math.random() * 1_000)
      await life.kill()
      await runSettlement(market.world.ctx())
    }
    await market.passUntil('03:00')
    await runSettlement(market.world.ctx())
    await reconcileDue(market.world.ctx())

    const records = await market.world.services.db.selectFrom('usage_records').selectAll().execute()
    expect(records).toHaveLength(kills * instances.length)
    expect(new Set(records.map((row) => row.state))).toEqual(
      new Set(records.some((row) => row.state === 'REJECTED') ? ['ACCEPTED', 'REJECTED'] : ['ACCEPTED']),
    )
    const counted = new Map<string, number>()
    for (const instance of instances) {
      const { records: rows } = await market.look<{ records: { startAt: string }[] }>(
        `statement/records?instanceId=${instance.instance_ref}`,
      )
      for (const { startAt } of rows) {
        const name = `${instance.id} ${new Date(startAt).toISOString()}`
        counted.set(name, (counted.get(name) ?? 0) + 1)
      }
    }
    for (const row of records) {
      const times = counted.get(`${row.instance_id} ${row.period_from.toISOString()}`) ?? 0
      expect([row.state, times]).toEqual([row.state, row.state === 'ACCEPTED' ? 1 : 0])
    }
  },
)
