import { z } from 'zod'

/** Mischief on the SPI. The first three act when a notification is written, the others on each attempt to send one. */
export const spiFaultKinds = [
  'duplicate',
  'hold',
  'delay',
  'extra-parameter',
  'wrong-signature',
  'lose-answer',
] as const
/** Mischief on the vendor API. */
export const openapiFaultKinds = [
  'unknown-error',
  'commit-then-timeout',
  'commit-then-unknown-error',
  'throttling',
  'permission-denied',
  'slow',
  'late',
] as const

const times = z.number().int().min(1).max(10_000).default(1)
const delayMs = z
  .number()
  .int()
  .min(1)
  .max(400 * 24 * 3_600_000)
  .optional()
const instanceId = z.string().min(1).optional()

/** One entry of the fault plan: does its mischief `times` times, to whatever matches, oldest entry first. */
export const faultSchema = z.discriminatedUnion('on', [
  z.strictObject({
    on: z.literal('spi'),
    kind: z.enum(spiFaultKinds),
    times,
    /** Only this SPI action, e.g. `createInstance`. */
    action: z.string().min(1).optional(),
    instanceId,
    /** For `delay`: sandbox time before the first attempt; default one minute. */
    delayMs,
  }),
  z.strictObject({
    on: z.literal('openapi'),
    kind: z.enum(openapiFaultKinds),
    times,
    /** Only this API action, e.g. `PushMeteringData`. */
    action: z.string().min(1).optional(),
    instanceId,
    /** For `slow`: real time before the answer, default 3 s. For `late`: sandbox time the call spent on its way, default 2 days. */
    delayMs,
  }),
])
export type FaultPlan = z.output<typeof faultSchema>
export type SpiFaultKind = (typeof spiFaultKinds)[number]
export type OpenapiFaultKind = (typeof openapiFaultKinds)[number]

export interface Fault {
  id: string
  on: 'spi' | 'openapi'
  kind: SpiFaultKind | OpenapiFaultKind
  timesLeft: number
  action: string | null
  instanceId: string | null
  delayMs: number | null
  createdAt: Date
}
