import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { usageAnswer } from '../../contract/metering.ts'
import { mortalProgram } from '../../test/mortal-program.ts'
import type { MortalProgram } from '../../test/mortal-program.ts'
import type { ServerOrders } from '../../test/serve-until-killed.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someWorkspaces } from '../../test/usage-world.ts'
import { inTransaction } from '../context.ts'
import { checkTotals } from './check-totals.ts'
import { createApiKey } from './create-api-key.ts'
import { foldTotals } from './fold-totals.ts'

/** How many servers are killed; `npm run soak` asks for many. */
const kills = Number(process.env['KILLS'] ?? 4)
const eventsPerCall = 50
const senders = 4
let world: TestServices
let receiver: MortalProgram<ServerOrders>

beforeAll(async () => {
  receiver = await mortalProgram('serve-until-killed')
  world = await testServices()
})
afterAll(async () => {
  await world.close()
  receiver.remove()
})

/** A call of a sender: its events, and whether it was ever acknowledged. */
interface Batch {
  ids: string[]
  acknowledged: boolean
}

/** Sends a batch and answers what was acknowledged; null where no answer came: the server died. */
async function post(url: string, token: string, batch: Batch): Promise<ReturnType<typeof usageAnswer.parse> | null> {
  const events = batch.ids.map((id) => ({
    specversion: '1.0',
    id,
    source: 'soak',
    type: 'purser.usage.recorded',
    data: { meter: 'logs', quantity: 1 },
  }))
  try {
    const answer = await fetch(`${url}/v1/usage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(events),
    })
    return answer.ok ? usageAnswer.parse(await answer.json()) : null
  } catch {
    return null
  }
}

/** Sends a batch as a sender does that was told to come again: a busy server answers 429. */
async function postUntilAnswered(url: string, token: string, batch: Batch): ReturnType<typeof post> {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await post(url, token, batch)
    if (answer !== null) return answer
    await pause(200)
  }
  return null
}

/** Sends new batches until the server dies; what was not acknowledged is sent again, to the next server, by `again`. */
async function sendUntilDead(url: string, token: string, batches: Batch[]): Promise<void> {
  for (;;) {
    const batch: Batch = { ids: Array.from({ length: eventsPerCall }, () => randomUUID()), acknowledged: false }
    batches.push(batch)
    const answer = await post(url, token, batch)
    if (answer === null) return
    batch.acknowledged = true
  }
}

test(
  `of a server killed at any of ${kills} moments no acknowledged event is missing, and none counts twice however often it is sent`,
  { timeout: 60_000 + kills * 15_000 },
  async () => {
    const [workspaceId] = await someWorkspaces(world.ctx(), 1)
    const { token } = await inTransaction(world.ctx(), (tx) =>
      createApiKey(tx, {
        workspaceId: workspaceId!,
        requestKey: randomUUID(),
        name: 'soak',
      }),
    )
    const batches: Batch[] = []
    for (let kill = 0; kill < kills; kill += 1) {
      const life = await receiver.start({ connection: world.connection })
      const sending = Array.from({ length: senders }, () => sendUntilDead(life.said, token, batches))
      await pause(50 + Math.random() * 400)
      await life.kill()
      await Promise.all(sending)
    }
    const stored = async () => {
      const { rows } = await sql<{ count: number; distinct: number }>`
        select count(*)::int as count, count(distinct event_id)::int as distinct from usage_events`.execute(
        world.services.db,
      )
      return rows[0]!
    }
    const acknowledged = batches.filter((batch) => batch.acknowledged).length * eventsPerCall
    const before = await stored()
    expect(before.count).toBe(before.distinct)
    expect(before.count).toBeGreaterThanOrEqual(acknowledged)
    expect(acknowledged).toBeGreaterThan(0)

    // Everything once more, as a sender does that heard no answer: nothing is missing then, and nothing counts twice.
    const last = await receiver.start({ connection: world.connection })
    for (const batch of batches) {
      const answer = await postUntilAnswered(last.said, token, batch)
      expect(answer?.rejected).toEqual([])
      if (batch.acknowledged) expect(answer?.duplicates).toBe(eventsPerCall)
    }
    await last.kill()
    expect(await stored()).toEqual({ count: batches.length * eventsPerCall, distinct: batches.length * eventsPerCall })
    await foldTotals(world.ctx())
    expect(await checkTotals(world.ctx())).toEqual([])
  },
)
