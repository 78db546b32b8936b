import { meteringKeys } from '../options.ts'
import type { MeteringItem, MeteringKey, ProductListing } from '../options.ts'
import { ApiError } from './api-error.ts'

/** One quantity of one dimension over one interval, as pushed. */
export interface MeteringEntry {
  instanceId: string
  startAt: Date
  endAt: Date
  key: MeteringKey
  /** null when the caller left it out. */
  assit: string | null
  /** A whole number ≥ 0, as text of any size. */
  quantity: string
}

const MOST_ENTRIES = 100
const SHORTEST_INTERVAL_MS = 5 * 60_000
const HOUR_MS = 3_600_000
const EAST_EIGHT_MS = 8 * HOUR_MS
/** "Must arrive by 9:59" for 8–9 o'clock, and by 1:59 for the day before: both are 1 h 59 min after the period ends or, hourly, the hour after it begins. */
const PATIENCE_MS = HOUR_MS + 59 * 60_000

/**
 * Reads the `Metering` parameter: a JSON array of records with their entities. Throws ApiError: Invalid.Parameter.Metering for
 * anything malformed, Metering.Data.Exceeded beyond 100 entities. Source: API page PushMeteringData.
 */
export function readMetering(text: string | undefined): MeteringEntry[] {
  const records = parseArray(text)
  const entities = records.map((record) => (Array.isArray(record['Entities']) ? record['Entities'].length : 0))
  const count = entities.reduce((sum, each) => sum + Math.max(each, 1), 0)
  if (count > MOST_ENTRIES) throw new ApiError('exceeded')
  return records.flatMap(readRecord)
}

function parseArray(text: string | undefined): Record<string, unknown>[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text ?? '')
  } catch {
    throw new ApiError('metering', 'It is not JSON.')
  }
  if (!Array.isArray(parsed) || parsed.length === 0) throw new ApiError('metering', 'It must be an array of records.')
  return parsed.map((record: unknown) => {
    if (!isObject(record)) throw new ApiError('metering', 'Each record must be an object.')
    return record
  })
}

function readRecord(record: Record<string, unknown>): MeteringEntry[] {
  const instanceId = textOf(record['InstanceId'])
  if (instanceId === null) throw new ApiError('instance')
  const startAt = secondsOf(record['StartTime'], 'StartTime')
  const endAt = secondsOf(record['EndTime'], 'EndTime')
  if (endAt.getTime() - startAt.getTime() <= SHORTEST_INTERVAL_MS) {
    throw new ApiError('metering', 'EndTime must be more than 5 minutes after StartTime.')
  }
  const entities: unknown = record['Entities']
  if (!Array.isArray(entities) || entities.length === 0) throw new ApiError('metering', 'Entities must not be empty.')
  return entities.map((entity: unknown) => ({ instanceId, startAt, endAt, ...readEntity(entity) }))
}

function readEntity(entity: unknown): Pick<MeteringEntry, 'key' | 'assit' | 'quantity'> {
  if (!isObject(entity)) throw new ApiError('metering', 'Each entity must be an object.')
  const key = meteringKeys.find((known) => known === entity['Key'])
  if (!key) throw new ApiError('metering', `Key must be one of ${meteringKeys.join(', ')}.`)
  const quantity = textOf(entity['Value'])
  if (quantity === null || !/^\d{1,18}$/.test(quantity))
    throw new ApiError('metering', 'Value must be a whole number, 0 or more.')
  const assit = textOf(entity['meteringAssit'])
  return { key, quantity, assit: assit === '' ? null : assit }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : null
}

/** Unix seconds, as number or text; milliseconds, the usual slip, are refused. */
function secondsOf(value: unknown, name: string): Date {
  const text = textOf(value)
  if (text === null || !/^\d{9,10}$/.test(text)) throw new ApiError('metering', `${name} must be Unix seconds.`)
  return new Date(Number(text) * 1_000)
}

/** The product's dimension an entry is for. Throws ApiError: meteringAssit empty (400) or not one of the product's (500). */
export function dimensionOf(
  entry: Pick<MeteringEntry, 'assit' | 'key'>,
  product: ProductListing,
  rule: { assitRequired: boolean },
): MeteringItem {
  if (entry.assit === null && rule.assitRequired) throw new ApiError('assitEmpty')
  const item = product.meteringItems.find(
    ({ assit, key }) => key === entry.key && (entry.assit === null || assit === entry.assit),
  )
  if (!item) throw new ApiError('metering', `The product has no such dimension: ${entry.assit ?? entry.key}.`)
  return item
}

/** The bill period a record belongs to: the hour, or the day in UTC+8, that contains its start. */
export function billPeriod(startAt: Date, billing: ProductListing['billing']): { beginsAt: Date; endsAt: Date } {
  const length = billing === 'hourly' ? HOUR_MS : 24 * HOUR_MS
  const shift = billing === 'hourly' ? 0 : EAST_EIGHT_MS
  const begin = Math.floor((startAt.getTime() + shift) / length) * length - shift
  return { beginsAt: new Date(begin), endsAt: new Date(begin + length) }
}

/**
 * The last moment a record may arrive: usage from 8:00–9:00 by 9:59, usage of a day by 1:59 of the next, read strictly (9:59:00).
 * Source: API page PushMeteringData, "time requirements".
 */
export function pushDeadline(startAt: Date, billing: ProductListing['billing']): Date {
  const period = billPeriod(startAt, billing)
  const from = billing === 'hourly' ? period.beginsAt : period.endsAt
  return new Date(from.getTime() + PATIENCE_MS)
}

/**
 * Whether usage is billed as far as service goes: the hour in which the instance expired still is, later ones are not.
 * Source: API page PushMeteringData, "timeliness".
 */
export function isInService(
  record: { startAt: Date; endAt: Date },
  periods: readonly { beganAt: Date; endedAt: Date | null }[],
): boolean {
  const hour = Math.floor(record.startAt.getTime() / HOUR_MS) * HOUR_MS
  return periods.some(({ beganAt, endedAt }) => {
    const begins = Math.floor(beganAt.getTime() / HOUR_MS) * HOUR_MS
    return record.endAt.getTime() > begins && (endedAt === null || hour <= endedAt.getTime())
  })
}
