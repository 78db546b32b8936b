import { usageLimits } from '../../contract/metering.ts'
import type { RejectedEvent, UsageAnswer } from '../../contract/metering.ts'
import type { WorkspaceId } from '../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import type { CorrectionRow } from './correction-queries.ts'
import { eventKey } from './event-key.ts'
import type { EventRow } from './event-queries.ts'
import type { MeterCode } from './meters.ts'
import { parseUsageEvent } from './parse-usage-event.ts'
import type { Measured, ParsedEvent } from './parse-usage-event.ts'
import { tooLong } from './read-usage-lines.ts'
import { presentRefusal, refusal } from './refusal.ts'
import type { Refusal } from './refusal.ts'
import { refuseByTime, refuseByWorkspace } from './refuse-usage.ts'
import { freePlanRetentionDays, retentionUnder } from './retention.ts'
import { usageDoor } from './usage-door.ts'
import { dayOf, findTakers, meterNumbers, sourceNumbers } from './usage-workspaces.ts'
import type { Taker } from './usage-workspaces.ts'

/** Who reports: a workspace's key speaks for that workspace, the vendor's (null) for all. */
export interface Reporter {
  workspaceId: WorkspaceId | null
}

/** Whose (source, id) an event's are: the workspace's own, or the vendor's. */
function scopeOf(reporter: Reporter): string {
  return reporter.workspaceId ?? 'vendor'
}

interface Call {
  reporter: Reporter
  nowMs: number
  takers: ReadonlyMap<string, Taker>
  meters: ReadonlyMap<MeterCode, number>
  /** Numbers of the call's sources. */
  sources: ReadonlyMap<string, number>
  events: EventRow[]
  corrections: (CorrectionRow & { index: number })[]
}

/**
 * Takes the events of one call: those that are right are committed when this resolves, the others are listed with the reason.
 * Throws `usage_busy` when too much is waiting; nothing of the call was taken then.
 */
export async function acceptUsage(ctx: Ctx, reporter: Reporter, raw: readonly unknown[]): Promise<UsageAnswer> {
  const rejected: RejectedEvent[] = []
  const refuse = (index: number, refused: Refusal) =>
    rejected.push(presentRefusal(index, idOf(raw[index]), refused, ctx.language))
  const parsed: { index: number; event: ParsedEvent }[] = []
  for (const [index, value] of raw.entries()) {
    const event = typeof value === 'symbol' ? refuseLine(value) : parseUsageEvent(value)
    if ('code' in event) refuse(index, event)
    else parsed.push({ index, event })
  }
  const call = await prepare(ctx, reporter, parsed)
  for (const { index, event } of parsed) {
    const refused = place(ctx, call, index, event)
    if (refused) refuse(index, refused)
  }
  const { events, corrections } = call
  if (events.length + corrections.length === 0) return { inserted: 0, duplicates: 0, rejected: inOrder(rejected) }
  const door = usageDoor(ctx.services)
  const stored = await door.queue.submit({ events, corrections }, events.length + corrections.length)
  if (stored.inserted > 0) door.committed()
  for (const { index, code } of stored.refused)
    refuse(index, refusal(code, code === 'id_taken' ? 'id' : 'data.corrects'))
  return { inserted: stored.inserted, duplicates: stored.duplicates, rejected: inOrder(rejected) }
}

/** A line that could not be read. */
function refuseLine(why: symbol): Refusal {
  return why === tooLong
    ? refusal('line_too_long', null, { max: usageLimits.charactersPerLine })
    : refusal('not_json', null)
}

function inOrder(rejected: RejectedEvent[]): RejectedEvent[] {
  return rejected.sort((left, right) => left.index - right.index)
}

function idOf(raw: unknown): string | null {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : null
  return typeof id === 'string' ? id.slice(0, usageLimits.idCharacters) : null
}

/** Looks up, once for the whole call, what its events name. */
async function prepare(ctx: Ctx, reporter: Reporter, parsed: readonly { event: ParsedEvent }[]): Promise<Call> {
  const subjects = new Set<string>()
  const sources = new Set<string>()
  for (const { event } of parsed) {
    const subject = event.subject ?? reporter.workspaceId
    if (subject !== null) subjects.add(subject)
    sources.add(event.source)
  }
  return {
    reporter,
    nowMs: ctx.now().getTime(),
    takers: await findTakers(ctx, subjects),
    meters: await meterNumbers(ctx),
    sources: await sourceNumbers(ctx, scopeOf(reporter), sources),
    events: [],
    corrections: [],
  }
}

/** Puts an event among the rows to store, or says why not. */
function place(ctx: Ctx, call: Call, index: number, event: ParsedEvent): Refusal | null {
  const own = call.reporter.workspaceId
  const subject = event.subject ?? own
  const taker = subject !== null && (own === null || own === subject) ? call.takers.get(subject) : undefined
  if (!taker) return refusal('unknown_workspace', 'subject')
  const timeMs = event.timeMs ?? call.nowMs
  const refused = refuseByTime(timeMs, call.nowMs) ?? refuseByWorkspace(taker, event.measured?.meter ?? null)
  if (refused) return refused
  const scope = scopeOf(call.reporter)
  const key = eventKey(scope, event.source, event.id)
  const source = call.sources.get(event.source) ?? 0
  const { measured, corrects } = event
  const row = measured && {
    key,
    occurredMs: timeMs,
    workspace: taker.number,
    day: dayOf(ctx, timeMs, taker.timeZone),
    source,
    meter: call.meters.get(measured.meter) ?? 0,
    retention: retentionOf(taker, measured),
    quantity: measured.quantity,
    eventId: event.id,
    item: measured.item,
  }
  if (!corrects) {
    if (row) call.events.push(row)
    return null
  }
  if (call.corrections.length >= usageLimits.correctionsPerCall)
    return refusal('too_many_corrections', null, { max: usageLimits.correctionsPerCall })
  const target = eventKey(scope, corrects.source, corrects.id)
  const origin = { key, source, occurredMs: timeMs, workspace: taker.number, eventId: event.id }
  call.corrections.push({ ...origin, index, target, replacement: row })
  return null
}

function retentionOf(taker: Taker, measured: Measured): number {
  const chosen = retentionUnder(measured.meter, taker.retention)
  if (chosen === 0) return 0
  return taker.plan === 'free' ? freePlanRetentionDays : (measured.retentionDays ?? chosen)
}
