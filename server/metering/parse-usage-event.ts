import { usageEventTypes, usageLimits } from '../../contract/metering.ts'
import { countObserved, observedForm } from './count-observed.ts'
import { meterOf, meters } from './meters.ts'
import type { MeterCode } from './meters.ts'
import { invalid, refusal } from './refusal.ts'
import type { Refusal } from './refusal.ts'
import { allowedRetention } from './retention.ts'

/* Reads one CloudEvent by hand: this runs for every event, and most are right. The contract's schema says the same in zod. */

/** Usage as an event tells it, checked. */
export interface Measured {
  meter: MeterCode
  /** Decimal text, 0 or more. */
  quantity: string
  /** Null: the event names none. */
  retentionDays: number | null
  /** What is counted; empty for meters that do not count items. */
  item: string
}

/** An event that is well-formed; whether its workspace takes usage is decided later. */
export interface ParsedEvent {
  id: string
  source: string
  /** Workspace id as sent; null where it was left out. */
  subject: string | null
  /** Milliseconds since 1970; null where it was left out. */
  timeMs: number | null
  /** Null for a void. */
  measured: Measured | null
  /** Null for plain usage. */
  corrects: { source: string; id: string } | null
}

const codes: ReadonlySet<string> = new Set(meters.map((meter) => meter.code))
const allowedCodes = meters.map((meter) => meter.code).join(', ')
const unwanted = /\p{Control}|\p{Surrogate}/u
const instant = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/
const decimal = /^(?:0|[1-9]\d{0,17})(?:\.\d{1,12})?$/
const usageMembers: ReadonlySet<string> = new Set(['meter', 'quantity', 'observed', 'retentionDays', 'item'])

/** Reads one event, or says what is wrong with it first. */
export function parseUsageEvent(raw: unknown): ParsedEvent | Refusal {
  if (!isObject(raw)) return invalid('', 'object')
  if (raw['specversion'] !== '1.0') return invalid('specversion', 'specversion')
  const { id, source, type, data } = raw
  if (!isText(id, usageLimits.idCharacters)) return badText('id', id, usageLimits.idCharacters)
  if (!isText(source, usageLimits.sourceCharacters)) return badText('source', source, usageLimits.sourceCharacters)
  const subject = raw['subject'] ?? null
  if (subject !== null && !isText(subject, 200)) return badText('subject', subject, 200)
  const timeMs = raw['time'] === undefined ? null : readInstant(raw['time'])
  if (Number.isNaN(timeMs)) return invalid('time', 'time')
  if (!(usageEventTypes as readonly unknown[]).includes(type))
    return invalid('type', 'oneOf', { allowed: usageEventTypes.join(', ') })
  if (raw['data_base64'] !== undefined) return invalid('data_base64', 'json')
  if (!isObject(data)) return invalid('data', data === undefined ? 'required' : 'object')
  const envelope = { id, source, subject, timeMs }
  const corrects = type === 'purser.usage.recorded' ? null : readTarget(data['corrects'], source, id)
  if (corrects && 'code' in corrects) return corrects
  if (type === 'purser.usage.voided')
    return unknownMember(data, ['corrects']) ?? { ...envelope, corrects, measured: null }
  const measured = readMeasured(data, corrects !== null)
  return 'code' in measured ? measured : { ...envelope, corrects, measured }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown, max: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= max && !unwanted.test(value)
}

function badText(field: string, value: unknown, max: number): Refusal {
  return value === undefined ? invalid(field, 'required') : invalid(field, 'text', { max })
}

/** Milliseconds of an RFC 3339 instant; NaN for anything else, also for days that do not exist. */
function readInstant(value: unknown): number {
  if (typeof value !== 'string' || !instant.test(value)) return Number.NaN
  const dayOfMonth = Number(value.slice(8, 10))
  if (dayOfMonth > 28 && new Date(`${value.slice(0, 10)}T00:00:00Z`).getUTCDate() !== dayOfMonth) return Number.NaN
  return Date.parse(value.toUpperCase())
}

function readTarget(value: unknown, source: string, ownId: string): { source: string; id: string } | Refusal {
  if (!isObject(value)) return invalid('data.corrects', value === undefined ? 'required' : 'object')
  const { id, source: named = source } = value
  if (!isText(id, usageLimits.idCharacters)) return badText('data.corrects.id', id, usageLimits.idCharacters)
  if (!isText(named, usageLimits.sourceCharacters))
    return badText('data.corrects.source', named, usageLimits.sourceCharacters)
  if (id === ownId && named === source) return invalid('data.corrects', 'itself')
  return { source: named, id }
}

function readMeasured(data: Record<string, unknown>, correcting: boolean): Measured | Refusal {
  for (const name in data) {
    if (!usageMembers.has(name) && !(correcting && name === 'corrects'))
      return invalid(`data.${name}`, 'unknownMember', { allowed: [...usageMembers].join(', ') })
  }
  const { meter, retentionDays = null, item = '' } = data
  if (meter === undefined) return invalid('data.meter', 'required')
  if (!isMeter(meter)) return refusal('unknown_meter', 'data.meter', { allowed: allowedCodes })
  const allowed = allowedRetention(meter)
  if (retentionDays !== null && (typeof retentionDays !== 'number' || !allowed.includes(retentionDays))) {
    return allowed.length === 0
      ? invalid('data.retentionDays', 'noRetention', { meter })
      : invalid('data.retentionDays', 'oneOf', { allowed: allowed.join(', ') })
  }
  const observed = data['observed'] === undefined ? null : readObserved(data, meter)
  if (observed !== null && typeof observed !== 'string') return observed
  const quantity = observed ?? data['quantity']
  const counted =
    meterOf(meter).aggregation === 'distinct' ? readItem(data['item'], quantity, meter) : readQuantity(quantity)
  if (typeof counted !== 'string') return counted
  if (meterOf(meter).aggregation !== 'distinct' && item !== '') return invalid('data.item', 'noItem', { meter })
  return { meter, quantity: counted, retentionDays, item: String(item) }
}

function isMeter(value: unknown): value is MeterCode {
  return typeof value === 'string' && codes.has(value)
}

/** The quantity that `data.observed` comes to. */
function readObserved({ observed, quantity }: Record<string, unknown>, meter: MeterCode): string | Refusal {
  if (quantity !== undefined) return invalid('data.quantity', 'either')
  const expected = observedForm(meter)
  if (expected === null) return invalid('data.observed', 'noObserved', { meter })
  const max = usageLimits.observedPerEvent
  return countObserved(meter, observed) ?? invalid('data.observed', 'observed', { expected, max })
}

function readItem(item: unknown, quantity: unknown, meter: MeterCode): string | Refusal {
  if (!isText(item, usageLimits.itemCharacters)) return badText('data.item', item, usageLimits.itemCharacters)
  if (quantity === undefined) return '1'
  const weight = Number(quantity)
  const whole = Number.isInteger(weight) && weight >= 1 && weight <= usageLimits.itemWeight
  if (!whole || typeof readQuantity(quantity) !== 'string')
    return invalid('data.quantity', 'weight', { max: usageLimits.itemWeight, meter })
  return String(weight)
}

function readQuantity(value: unknown): string | Refusal {
  if (value === undefined) return invalid('data.quantity', 'required')
  const readable = typeof value === 'number' ? value <= Number.MAX_SAFE_INTEGER : typeof value === 'string'
  const text = readable ? `${value as string | number}` : ''
  return decimal.test(text) ? text : invalid('data.quantity', 'quantity')
}

function unknownMember(data: Record<string, unknown>, allowed: readonly string[]): Refusal | null {
  const unknown = Object.keys(data).find((name) => !allowed.includes(name))
  return unknown === undefined ? null : invalid(`data.${unknown}`, 'unknownMember', { allowed: allowed.join(', ') })
}
