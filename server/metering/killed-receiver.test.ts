import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { build } from 'esbuild'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { usageAnswer } from '../../contract/metering.ts'
import type { ServerOrders } from '../../test/serve-until-killed.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someWorkspaces } from '../../test/usage-world.ts'
import { inTransaction } from '../context.ts'
import { projectRoot } from '../platform/project-root.ts'
import { checkTotals } from './check-totals.ts'
import { createApiKey } from './create-api-key.ts'
import { foldTotals } from './fold-totals.ts'

/** How many servers are killed; `npm run soak` asks for many. */
const kills = Number(process.env['KILLS'] ?? 4)
const folder = path.join(projectRoot, '.cache', `killed-receiver-${process.pid}`)
const program = path.join(folder, 'server.mjs')
const eventsPerCall = 50
const senders = 4
let world: TestServices

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  await build({
    entryPoints: [path.join(projectRoot, 'test/serve-until-killed.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  })
  world = await testServices()
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Server {
  child: ChildProcess
  url: string
}

async function startServer(): Promise<Server> {
  const { database } = world.services.config
  if ('url' in database) throw new Error('Tests connect by socket.')
  const orders: ServerOrders = { connection: database }
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, SERVER_ORDERS: JSON.stringify(orders) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await once(child.stdout!, 'data')) as [Buffer]
  return { child, url: String(said).trim() }
}

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
      const server = await startServer()
      const sending = Array.from({ length: senders }, () => sendUntilDead(server.url, token, batches))
      await pause(50 + Math.random() * 400)
      server.child.kill('SIGKILL')
      await Promise.all(sending)
      if (server.child.exitCode === null && server.child.signalCode === null) await once(server.child, 'exit')
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
    const last = await startServer()
    for (const batch of batches) {
      const answer = await postUntilAnswered(last.url, token, batch)
      expect(answer?.rejected).toEqual([])
      if (batch.acknowledged) expect(answer?.duplicates).toBe(eventsPerCall)
    }
    last.child.kill('SIGKILL')
    await once(last.child, 'exit')
    expect(await stored()).toEqual({ count: batches.length * eventsPerCall, distinct: batches.length * eventsPerCall })
    await foldTotals(world.ctx())
    expect(await checkTotals(world.ctx())).toEqual([])
  },
)
