import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DateTime } from 'luxon'
import { z } from 'zod'
import { startDemo } from '../demo/start-demo.ts'
import type { RunningDemo } from '../demo/start-demo.ts'
import { advanceClock, advanceLimitMilliseconds } from '../contract/clock.ts'
import { newClient } from './client.ts'

/** The demo world in a folder of its own, as a program drives it. */
export interface TourWorld extends RunningDemo {
  now(): Date
  /** Lets time pass; everything that falls due is done when it answers. */
  pass(milliseconds: number): Promise<void>
  /** Calls the marketplace sandbox. */
  market(method: 'GET' | 'POST', place: string, body?: object): Promise<unknown>
  /** The code in the next mail to this address, sent by `send`. */
  codeTo(address: string, send: () => Promise<unknown>): Promise<string>
}

/** Starts a fresh world whose clock stands at half past midnight, on the first day of a month of the site's time. */
export async function startTourWorld(timeZone: string): Promise<TourWorld> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'purser-tour-'))
  const demo = await startDemo({
    host: '127.0.0.1',
    port: 0,
    dataDir,
    databaseUrl: null,
    logLevel: 'error',
    pastDays: 0,
    say: () => {},
  })
  const client = newClient(demo.purser)
  const market = marketOf(demo.sandbox)
  const now = () => demo.services.clock.now()
  const start = DateTime.fromJSDate(now(), { zone: timeZone }).startOf('month').plus({ months: 1, minutes: 30 })
  await leap(demo, market, start.toMillis() - now().getTime())
  return {
    ...demo,
    now,
    market,
    async pass(milliseconds) {
      for (let left = milliseconds; left > 0; left -= advanceLimitMilliseconds) {
        await client.call(advanceClock, { body: { milliseconds: Math.min(left, advanceLimitMilliseconds) } })
      }
    },
    codeTo: (address, send) => codeTo(demo.inbox, address, send),
    async close() {
      await demo.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Both clocks at once to the first day of the tour: nothing has happened yet that could fall due on the way. */
async function leap(demo: RunningDemo, market: TourWorld['market'], milliseconds: number): Promise<void> {
  const { clock, db } = demo.services
  clock.advance(milliseconds)
  await db.updateTable('clock_offset').set({ milliseconds: clock.offset() }).execute()
  await market('POST', '/api/clock', { advanceMs: milliseconds })
}

function marketOf(origin: string): TourWorld['market'] {
  return async (method, place, body) => {
    const answer = await fetch(origin + place, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${place} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
}

const mails = z.object({ mails: z.array(z.object({ id: z.string() })) })

async function codeTo(inbox: string, address: string, send: () => Promise<unknown>): Promise<string> {
  const before = await fetch(`${inbox}/api/mails?${new URLSearchParams({ to: address, limit: '1' })}`)
  const [newest] = mails.parse(await before.json()).mails
  await send()
  const query = new URLSearchParams({ to: address, timeoutSeconds: '20', ...(newest ? { after: newest.id } : {}) })
  const answer = await fetch(`${inbox}/api/mails/next?${query}`)
  const code = /(?<!\d)\d{6}(?!\d)/.exec(z.object({ text: z.string() }).parse(await answer.json()).text)?.[0]
  if (!code) throw new Error(`The mail to ${address} holds no code.`)
  return code
}
