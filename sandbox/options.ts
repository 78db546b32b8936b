import type { PoolConfig } from 'pg'
import { z } from 'zod'

/** One text in both languages of the pages. */
export const wordsSchema = z.object({ en: z.string().min(1), zh: z.string().min(1) })
export type Words = z.output<typeof wordsSchema>

/** Dimensions a product may be metered by, as the page "PushMeteringData" lists them. */
export const meteringKeys = [
  'Frequency',
  'Period',
  'PeriodMin',
  'Storage',
  'StorageGigaByte',
  'NetworkOut',
  'NetworkIn',
  'Character',
  'DailyActiveUser',
  'VirtualCpu',
  'Unit',
  'Memory',
  'KTokens',
  'Suit',
] as const
export type MeteringKey = (typeof meteringKeys)[number]

const decimalText = z.string().regex(/^\d{1,12}(\.\d{1,12})?$/, 'must be a decimal number such as "0.01"')

export const meteringItemSchema = z.object({
  /** The multi-dimension item id of the publishing console, e.g. `cmgj00053362-Unit-1`; sent back as `meteringAssit`. */
  assit: z.string().min(1),
  key: z.enum(meteringKeys),
  name: wordsSchema.optional(),
  /** Money per billed unit (for `Period` an hour, for `Storage` a MB …; see alibaba/bill.ts). */
  unitPrice: decimalText.default('0'),
})
export type MeteringItem = z.output<typeof meteringItemSchema>

export const productSchema = z.object({
  code: z.string().regex(/^[a-z0-9-]{3,40}$/i, 'must be a product code such as cmgj00053362'),
  /** Activate Now buys the first; the others are what a buyer may upgrade to. */
  skuCodes: z.array(z.string().min(1)).min(1),
  name: wordsSchema,
  vendor: wordsSchema,
  description: wordsSchema,
  /** The price table of the product page: what is charged, and how much. */
  priceLines: z.array(z.object({ item: wordsSchema, price: wordsSchema })).default([]),
  billing: z.enum(['hourly', 'daily']),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('CNY'),
  meteringItems: z.array(meteringItemSchema).default([]),
  /** Extra billable items: sent with createInstance as top-level parameters of these very names, e.g. `{ Count: '2' }`. */
  billableItems: z.record(z.string().min(1), z.string()).default({}),
})
export type ProductListing = z.output<typeof productSchema>

const connection = z.custom<string | PoolConfig>(
  (value) => (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null),
  'must be a postgres:// URL or the connection options of pg',
)

const log = z.custom<SandboxLog>((value) => typeof value === 'object' && value !== null && 'info' in value)

export const optionsSchema = z.object({
  database: connection,
  port: z.number().int().min(0).max(65_535),
  host: z.string().min(1).default('127.0.0.1'),
  /** Where people open the pages; default: the address listened on. */
  publicUrl: z.url().optional(),
  /** The vendor's production SPI address: one URL for all actions, entered without query parameters (SPI guide). */
  spiUrl: z.url().refine((url) => !url.includes('?'), 'must have no query string'),
  spiKey: z.string().min(1),
  products: z.array(productSchema).min(1),
  /** The vendor's own API key, which the calls to /openapi must be signed with. */
  accessKey: z.object({ id: z.string().min(1), secret: z.string().min(1) }),
  vendorName: z.string().min(1),
  /** Milliseconds of sandbox time between attempts of one notification, until a knob changes it. */
  retryIntervalMs: z.number().int().min(1).default(60_000),
  /** How far the sandbox's time is from the real one while nobody has moved it; below 0 where the vendor's world begins in the past. */
  clockOffsetMs: z.number().int().default(0),
  log: log.optional(),
})

/** What startSandbox is given. */
export type SandboxOptions = z.input<typeof optionsSchema>
/** The same with defaults filled in. */
export type ReadyOptions = z.output<typeof optionsSchema>

/** The part of a pino logger the sandbox speaks to. */
export interface SandboxLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Checks options; throws an Error with one line per wrong field. */
export function readOptions(options: SandboxOptions): ReadyOptions {
  const parsed = optionsSchema.safeParse(options)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The marketplace sandbox cannot start, please check these options:\n${lines.join('\n')}`)
}
