import { z } from 'zod'

const milliseconds = z
  .number()
  .int()
  .min(0)
  .max(400 * 24 * 3_600_000)

/** What the vendor's pages leave open, each as a knob with the default we think likeliest. Changed by API or page, kept in the database. */
export const knobsSchema = z.object({
  /** SPI: sandbox time between attempts; the pages state no interval. */
  retryIntervalMs: milliseconds.min(1).default(60_000),
  /** SPI: attempts before a notification is listed as failed ("at most 120 times", createInstance page). */
  maxAttempts: z.number().int().min(1).max(120).default(120),
  /** SPI: real time the caller waits for an answer; the pages state none. */
  spiTimeoutMs: milliseconds.min(1).max(60_000).default(5_000),
  /** SPI: the current pages say GET; at least one shipped integration is called by form POST. */
  spiMethod: z.enum(['GET', 'POST']).default('GET'),
  /** Sandbox time from falling into arrears to expiredInstance; the pages say "after a period of time". */
  arrearsGraceMs: milliseconds.default(24 * 3_600_000),
  /** Sandbox time from expiredInstance to releaseInstance; the pages say "after a longer period". */
  arrearsRetentionMs: milliseconds.default(15 * 24 * 3_600_000),
  /** What `expiredOn` says when arrears are settled: pages say it is required, not what a pay-as-you-go purchase puts there. */
  renewExpiredOn: z.enum(['future', 'past', 'absent']).default('future'),
  /** PushMeteringData: newly published goods must send meteringAssit. */
  meteringAssitRequired: z.boolean().default(true),
  /** PushMeteringData: what becomes of an interval that overlaps an accepted one; the page says nothing. */
  overlap: z.enum(['additive', 'reject', 'ignore']).default('additive'),
  /** PushMeteringData: late hourly usage "will not be billed"; whether the call errs is not said. */
  lateHourly: z.enum(['accept-unbilled', 'reject']).default('accept-unbilled'),
  /** PushMeteringData: an EndTime that is still to come; the page says nothing. */
  futureIntervals: z.enum(['accept', 'reject']).default('accept'),
  /** PushMeteringData: whether the vendor's account is on the API user whitelist. */
  whitelisted: z.boolean().default(true),
})
export type Knobs = z.output<typeof knobsSchema>

/** A change of some knobs: no defaults, unknown names refused. */
export const knobsChangeSchema = z.strictObject({
  retryIntervalMs: knobsSchema.shape.retryIntervalMs.unwrap().optional(),
  maxAttempts: knobsSchema.shape.maxAttempts.unwrap().optional(),
  spiTimeoutMs: knobsSchema.shape.spiTimeoutMs.unwrap().optional(),
  spiMethod: knobsSchema.shape.spiMethod.unwrap().optional(),
  arrearsGraceMs: knobsSchema.shape.arrearsGraceMs.unwrap().optional(),
  arrearsRetentionMs: knobsSchema.shape.arrearsRetentionMs.unwrap().optional(),
  renewExpiredOn: knobsSchema.shape.renewExpiredOn.unwrap().optional(),
  meteringAssitRequired: knobsSchema.shape.meteringAssitRequired.unwrap().optional(),
  overlap: knobsSchema.shape.overlap.unwrap().optional(),
  lateHourly: knobsSchema.shape.lateHourly.unwrap().optional(),
  futureIntervals: knobsSchema.shape.futureIntervals.unwrap().optional(),
  whitelisted: knobsSchema.shape.whitelisted.unwrap().optional(),
})
export type KnobsChange = z.output<typeof knobsChangeSchema>
