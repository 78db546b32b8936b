import type { WorkspaceId } from '../../contract/ids.ts'
import type { RetentionPolicy } from '../../contract/retention.ts'
import type { Standing } from '../../contract/workspaces.ts'
import type { Ctx, Services } from '../context.ts'
import { siteDayOf } from '../workspaces/site-day.ts'
import { numberMeters, numberSources, numberWorkspace, selectTakers, selectUsedToday } from './queries.ts'
import type { MeterCode } from './meters.ts'
import { selectRetentionInForce } from './retention-queries.ts'

/* What every event needs to know of its workspace, source and meter: remembered, since there are far fewer of them than events. */

/** A workspace as receiving sees it. */
export interface Taker {
  number: number
  site: string
  timeZone: string
  priceRegion: 'CN' | 'INT'
  plan: 'free' | 'commercial'
  standing: Standing
  /** Days chosen by kind of data; kinds nobody chose for are not in it. */
  retention: ReadonlyMap<RetentionPolicy, number>
  /** Today's quantity per meter, asked for the free plan only: its quota holds to within seconds. */
  usedToday: ReadonlyMap<MeterCode, number>
}

/** How long a workspace's standing is taken as it was. */
const rememberedMs = 2000
const rememberedMax = 50_000

const nothingUsed: ReadonlyMap<MeterCode, number> = new Map()

interface Memory {
  takers: Map<string, { taker: Taker | null; until: number }>
  sources: Map<string, number>
  meters: Map<MeterCode, number> | null
  /** Days by quarter of an hour, by time zone. */
  days: Map<string, Map<number, string>>
}

const memories = new WeakMap<Services, Memory>()

function memoryOf(services: Services): Memory {
  const known = memories.get(services)
  if (known) return known
  const fresh: Memory = { takers: new Map(), sources: new Map(), meters: null, days: new Map() }
  memories.set(services, fresh)
  return fresh
}

function put<Value>(map: Map<string, Value>, key: string, value: Value): Value {
  if (map.size >= rememberedMax) map.clear()
  map.set(key, value)
  return value
}

/** The workspaces of these ids that exist, by id. */
export async function findTakers(ctx: Ctx, ids: ReadonlySet<string>): Promise<Map<string, Taker>> {
  const { takers } = memoryOf(ctx.services)
  const now = ctx.now().getTime()
  const found = new Map<string, Taker>()
  const unknown: string[] = []
  for (const id of ids) {
    const known = takers.get(id)
    if (!known || known.until <= now) unknown.push(id)
    else if (known.taker) found.set(id, known.taker)
  }
  if (unknown.length === 0) return found
  const read = await readTakers(ctx, unknown)
  for (const id of unknown) {
    const taker = read.get(id) ?? null
    put(takers, id, { taker, until: now + rememberedMs })
    if (taker) found.set(id, taker)
  }
  return found
}

async function readTakers(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Taker>> {
  const rows = await selectTakers(ctx.db, ids)
  const retention = await readRetentionInForce(ctx, ids)
  const read = new Map<string, Taker>()
  for (const row of rows) {
    const site = ctx.services.config.catalogue.sites.find((entry) => entry.code === row.site)
    if (!site) continue
    const number = row.number ?? (await numberWorkspace(ctx.db, row.id as WorkspaceId, row.site)).number
    const { timeZone, priceRegion } = site
    const today = () => dayOf(ctx, ctx.now().getTime(), timeZone)
    const usedToday = row.plan === 'free' ? await selectUsedToday(ctx.db, number, today()) : nothingUsed
    read.set(row.id, {
      number,
      site: row.site,
      timeZone,
      priceRegion,
      plan: row.plan,
      standing: row.standing,
      retention: retention.get(row.id) ?? new Map(),
      usedToday,
    })
  }
  return read
}

async function readRetentionInForce(
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, Map<RetentionPolicy, number>>> {
  const chosen = new Map<string, Map<RetentionPolicy, number>>()
  for (const { workspaceId, policy, days } of await selectRetentionInForce(ctx.db, ids, ctx.now())) {
    const own = chosen.get(workspaceId) ?? new Map<RetentionPolicy, number>()
    chosen.set(workspaceId, own.set(policy, days))
  }
  return chosen
}

/** Numbers of sources within a scope (see `eventKey`), by source. */
export async function sourceNumbers(
  ctx: Ctx,
  scope: string,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  const { sources } = memoryOf(ctx.services)
  const found = new Map<string, number>()
  const unknown: string[] = []
  for (const source of wanted) {
    const known = sources.get(`${scope}\0${source}`)
    if (known === undefined) unknown.push(source)
    else found.set(source, known)
  }
  if (unknown.length === 0) return found
  for (const [source, number] of await numberSources(ctx.db, scope, unknown))
    found.set(source, put(sources, `${scope}\0${source}`, number))
  return found
}

/** Numbers of all meters. */
export async function meterNumbers(ctx: Ctx): Promise<Map<MeterCode, number>> {
  const memory = memoryOf(ctx.services)
  memory.meters ??= await numberMeters(ctx.db)
  return memory.meters
}

const quarterMs = 900_000

/** The site's day of an instant; every zone's days begin on a quarter of an hour, so one answer serves a quarter. */
export function dayOf(ctx: Ctx, timeMs: number, timeZone: string): string {
  const { days } = memoryOf(ctx.services)
  const ofZone = days.get(timeZone) ?? put(days, timeZone, new Map<number, string>())
  const quarter = Math.floor(timeMs / quarterMs)
  const known = ofZone.get(quarter)
  if (known !== undefined) return known
  const day = siteDayOf(new Date(quarter * quarterMs), timeZone)
  if (ofZone.size >= rememberedMax) ofZone.clear()
  ofZone.set(quarter, day)
  return day
}
