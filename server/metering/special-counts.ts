import { Decimal as DecimalJs } from 'decimal.js'

/** Wide enough for every product of two counts to be exact. */
const Decimal = DecimalJs.clone({ precision: 60, defaults: true })
type Decimal = DecimalJs

function decimalTextOf(value: Decimal): string {
  return value.toFixed()
}

/*
 * Some things are not counted one by one. These rules turn what was seen into the quantity that is stored and priced; they run
 * at the edge, before a usage event exists, so everything behind ingestion deals with plain quantities.
 * Every function answers a decimal text: a tenth of a span is exact. Source of all rules: M/logic.
 */

/** Above this many bytes a log entry counts by its size: 10 KB in our own storage, 2 KB in a buyer's Alibaba SLS. */
export const logSizeLimitBytes = { own: 10 * 1024, sls: 2 * 1024 } as const
export const profileSizeLimitBytes = 300 * 1024
export const sessionLimitSeconds = 4 * 60 * 60
export const detectionFreeMinutes = 15

function wholeNumber(value: number, field: string): number {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${field}: ${value} must be a whole number of 0 or more`)
  return value
}

function larger(a: Decimal, b: Decimal): Decimal {
  return a.greaterThan(b) ? a : b
}

/** Ten spans count as one trace, and a trace always counts as one: the larger of spans ÷ 10 and distinct trace ids. */
export function traceCount(seen: { spans: number; traceIds: number }): string {
  const bySpans = new Decimal(wholeNumber(seen.spans, 'spans')).dividedBy(10)
  return decimalTextOf(larger(bySpans, new Decimal(wholeNumber(seen.traceIds, 'traceIds'))))
}

/** A hundred resources, long tasks, errors and actions count as one page view: the larger of their number ÷ 100 and page views. */
export function pageViewCount(seen: {
  resources: number
  longTasks: number
  errors: number
  actions: number
  pageViews: number
}): string {
  const entries = new Decimal(wholeNumber(seen.resources, 'resources'))
    .plus(wholeNumber(seen.longTasks, 'longTasks'))
    .plus(wholeNumber(seen.errors, 'errors'))
    .plus(wholeNumber(seen.actions, 'actions'))
  return decimalTextOf(larger(entries.dividedBy(100), new Decimal(wholeNumber(seen.pageViews, 'pageViews'))))
}

/** As many as the limit fits in whole, and never less than one: at a limit of 10, sizes 3, 12 and 19 count 1, size 20 counts 2. */
function countBySize(size: number, limit: number): string {
  return Math.max(1, Math.floor(size / limit)).toString()
}

/** One log entry counts once, or by its size when it is larger than the limit of where it is stored. */
export function logEntryCount(entry: { sizeBytes: number; storage: keyof typeof logSizeLimitBytes }): string {
  return countBySize(wholeNumber(entry.sizeBytes, 'sizeBytes'), logSizeLimitBytes[entry.storage])
}

/** One profile counts once, or by its size when its file is larger than 300 KB. */
export function profileCount(profile: { sizeBytes: number }): string {
  return countBySize(wholeNumber(profile.sizeBytes, 'sizeBytes'), profileSizeLimitBytes)
}

/** One recorded session counts once, or by its length when it lasted more than 4 hours. */
export function sessionReplayCount(session: { timeSpentSeconds: number }): string {
  return countBySize(wholeNumber(session.timeSpentSeconds, 'timeSpentSeconds'), sessionLimitSeconds)
}

/** Bytes scanned for sensitive content: the data's bytes once for every field scanned. */
export function sensitiveScanBytes(scan: { bytes: number; fields: number }): string {
  return decimalTextOf(new Decimal(wholeNumber(scan.bytes, 'bytes')).times(wholeNumber(scan.fields, 'fields')))
}

/** What one detection inside a monitor counts. */
export const detectionWeights = {
  threshold: 1,
  process_anomaly: 1,
  uptime: 1,
  composite: 1,
  mutation: 5,
  range: 5,
  outlier: 5,
  log: 5,
} as const

/** What one run of anything else counts. */
export const runWeights = {
  smart_host: 10,
  smart_log: 10,
  smart_app: 10,
  smart_rum: 100,
  collector_query: 1,
  open_api_query: 1,
  generated_metric_query: 1,
  advanced_function_query: 1,
} as const

export type TriggerRun =
  | {
      kind: 'monitor'
      /** One per check the monitor makes in this run. */
      detections: readonly (keyof typeof detectionWeights)[]
      /** Length of the span of data it looks at. */
      intervalMinutes: number
    }
  | { kind: keyof typeof runWeights }

/**
 * What one run counts as triggers. A monitor counts the weights of its detections, and once per run one more for every started
 * quarter of an hour it looks back beyond the first: one outlier check over 30 minutes is 6, two range checks over 60 are 13.
 */
export function triggerCount(run: TriggerRun): string {
  if (run.kind !== 'monitor') return runWeights[run.kind].toString()
  if (run.detections.length === 0) throw new RangeError('detections: a monitor run makes at least one')
  const weights = run.detections.reduce((sum, detection) => sum + detectionWeights[detection], 0)
  const minutesBeyond = Math.max(0, wholeNumber(run.intervalMinutes, 'intervalMinutes') - detectionFreeMinutes)
  return (weights + Math.ceil(minutesBeyond / detectionFreeMinutes)).toString()
}
