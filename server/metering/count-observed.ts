import { Decimal } from 'decimal.js'
import { z } from 'zod'
import { usageLimits } from '../../contract/metering.ts'
import type { MeterCode } from './meters.ts'
import {
  detectionWeights,
  logEntryCount,
  pageViewCount,
  profileCount,
  runWeights,
  sensitiveScanBytes,
  sessionReplayCount,
  traceCount,
  triggerCount,
} from './special-counts.ts'

/*
 * An event may tell what was seen instead of a quantity; the special counts turn that into the quantity here, at the edge,
 * so that what is stored is plain quantities. Source of the rules: M/logic.
 */

const count = z.int().min(0)

interface Rule {
  /** The members, as a caller reads them. */
  expected: string
  /** The quantity of one thing seen as decimal text; null where it is not told rightly. */
  quantityOf(seen: unknown): string | null
}

function rule<Schema extends z.ZodType>(
  expected: string,
  schema: Schema,
  quantityOf: (seen: z.output<Schema>) => string,
): Rule {
  return {
    expected,
    quantityOf(seen) {
      const parsed = schema.safeParse(seen)
      return parsed.success ? quantityOf(parsed.data) : null
    },
  }
}

const run = z.union([
  z.strictObject({
    kind: z.literal('monitor'),
    detections: z
      .array(z.enum(Object.keys(detectionWeights) as (keyof typeof detectionWeights)[]))
      .min(1)
      .max(100),
    intervalMinutes: z.int().min(0).max(525_600),
  }),
  z.strictObject({ kind: z.enum(Object.keys(runWeights) as (keyof typeof runWeights)[]) }),
])

const rules: Partial<Record<MeterCode, Rule>> = {
  traces: rule('{ spans, traceIds }', z.strictObject({ spans: count, traceIds: count }), traceCount),
  page_views: rule(
    '{ resources, longTasks, errors, actions, pageViews }',
    z.strictObject({ resources: count, longTasks: count, errors: count, actions: count, pageViews: count }),
    pageViewCount,
  ),
  logs: rule(
    '{ sizeBytes, storage: "own" | "sls" }',
    z.strictObject({ sizeBytes: count, storage: z.enum(['own', 'sls']).default('own') }),
    logEntryCount,
  ),
  profiles: rule('{ sizeBytes }', z.strictObject({ sizeBytes: count }), profileCount),
  session_replays: rule('{ timeSpentSeconds }', z.strictObject({ timeSpentSeconds: count }), sessionReplayCount),
  sensitive_scan: rule(
    '{ bytes, fields }',
    z.strictObject({ bytes: count, fields: z.int().min(0).max(10_000) }),
    sensitiveScanBytes,
  ),
  triggers: rule('{ kind: "monitor", detections, intervalMinutes } or { kind }', run, triggerCount),
}

/** What a meter's `observed` holds, as a caller reads it; null where the meter is told by quantity only. */
export function observedForm(meter: MeterCode): string | null {
  return rules[meter]?.expected ?? null
}

/** The quantity of what was seen: one thing, or a list of up to 1,000 that add up. Null where it is not told rightly. */
export function countObserved(meter: MeterCode, observed: unknown): string | null {
  const list = Array.isArray(observed) ? (observed as unknown[]) : [observed]
  const known = rules[meter]
  if (!known || list.length === 0 || list.length > usageLimits.observedPerEvent) return null
  let total = new Decimal(0)
  for (const seen of list) {
    const quantity = known.quantityOf(seen)
    if (quantity === null) return null
    total = total.plus(quantity)
  }
  return total.toFixed()
}
