import { z } from 'zod'
import { language } from '../contract/fields.ts'
import { site } from '../contract/identity.ts'
import { amountAboveZero, currency, fitsMinorUnit, quantity } from '../contract/money.ts'
import { meterCode } from './metering/meters.ts'

const words = z.object({ en: z.string().min(1), zh: z.string().min(1) })

const dimensionName = z.string().min(1).max(64)
const dimensionItem = z.string().min(1).max(200).nullable().default(null)
const aboveZero = (text: string) => /[1-9]/.test(text)

/**
 * What a product's usage is reported to the marketplace as. `amount`: what the cloud has to pay for a day, one unit being so much
 * money. `meter`: each meter as a dimension of its own, one unit being so much of the meter. `item` is Alibaba's `meteringAssit`.
 */
const meteringSchema = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('amount'),
    dimension: dimensionName.default('Unit'),
    item: dimensionItem,
    unitAmount: amountAboveZero.default('0.01'),
    currency: currency.default('CNY'),
  }),
  z.object({
    by: z.literal('meter'),
    dimensions: z
      .array(
        z.object({
          meter: meterCode,
          dimension: dimensionName,
          item: dimensionItem,
          unit: quantity.refine(aboveZero, 'must be more than 0').default('1'),
        }),
      )
      .min(1)
      .max(50)
      .refine(
        (list) => new Set(list.map(({ dimension, item }) => `${dimension} ${item ?? ''}`)).size === list.length,
        'must name each dimension and item once',
      ),
  }),
])

const minutes = (most: number) => z.number().int().min(1).max(most)

/** Whether a unit of money can be paid: 0.001 CNY cannot. */
function isPayable({ metering }: { metering: z.output<typeof meteringSchema> | null }): boolean {
  return metering?.by !== 'amount' || fitsMinorUnit(metering.currency, metering.unitAmount)
}

/** What is for sale and where: read from the file named by PURSER_CONFIG, or given by the demo world. */
export const catalogueSchema = z.object({
  brand: z.object({
    name: z.string().min(1),
    /** CSS colour that replaces the accent; null keeps Purser's own. */
    accent: z.string().nullable().default(null),
  }),
  /** Who is mailed when a usage report is in danger; absent: nobody, the log says it all the same. */
  operatorMail: z.array(z.email()).optional(),
  terms: z.object({ version: z.string().min(1) }),
  defaultLanguage: language.default('en'),
  sites: z.array(site.extend({ priceRegion: z.enum(['CN', 'INT']) })).min(1),
  products: z.array(
    z
      .object({
        marketplace: z.enum(['alibaba']),
        productCode: z.string().min(1),
        name: words,
        sites: z.array(z.string()).min(1),
        /** Where the product is sold, linked from "Subscribe" texts; null hides the link. */
        url: z.url().nullable().default(null),
        billing: z.enum(['hourly', 'daily']).default('hourly'),
        /** How usage is reported; null reports nothing, so that no buyer is charged by a guess. */
        metering: meteringSchema.nullable().default(null),
        /** Minutes from the end of a period until its report is definite, and how long before its deadline operators are told. */
        pushTiming: z.object({ sealAfter: minutes(110).optional(), alarmBefore: minutes(110).optional() }).optional(),
      })
      .refine((product) => product.metering?.by !== 'amount' || product.billing === 'daily', {
        path: ['billing'],
        error: 'must be daily where metering is by amount: bills are made by the day',
      })
      .refine(isPayable, {
        path: ['metering', 'unitAmount'],
        error: 'must have no more decimals than its currency',
      })
      // Reports of an hour are taken for 59 minutes after it, those of a day for 119.
      .refine(({ billing, pushTiming }) => billing === 'daily' || (pushTiming?.sealAfter ?? 1) <= 50, {
        path: ['pushTiming', 'sealAfter'],
        error: 'must be at most 50 for an hourly product, which leaves 9 minutes to send',
      }),
  ),
})
export type Catalogue = z.output<typeof catalogueSchema>
export type SiteSettings = Catalogue['sites'][number]
export type Product = Catalogue['products'][number]

/** Keys of one marketplace. Two SPI keys may be live at once so that a key can be rotated. */
export const alibabaSettingsSchema = z.object({
  spiKeys: z.array(z.string().min(8)).min(1),
  accessKeyId: z.string().min(1).nullable().default(null),
  accessKeySecret: z.string().min(1).nullable().default(null),
  /** Host (and port) of the vendor's API, e.g. `market.aliyuncs.com`. */
  endpoint: z.string().default('market.aliyuncs.com'),
  protocol: z.enum(['https', 'http']).default('https'),
  /** Where the sandbox shows its statement; the vendor has no such call, so production refuses it. */
  statementUrl: z.url().nullable().default(null),
})
export type AlibabaSettings = z.output<typeof alibabaSettingsSchema>

export interface Config {
  mode: 'sandbox' | 'production'
  host: string
  port: number
  /** Origin people reach us by, without trailing slash. Decides Secure cookies and links in mails. */
  publicUrl: string
  /** Signs nothing that leaves; keys the hashes of codes and the digits themselves. At least 32 characters. */
  secret: string
  database: { url: string } | { host: string; port: number; user: string; database: string }
  mail: { smtpUrl: string; from: string }
  logLevel: string
  catalogue: Catalogue
  marketplaces: { alibaba: AlibabaSettings | null }
}

/** Keys the demo world uses in public; production refuses to start with them. */
export const sandboxKeys = {
  secret: 'sandbox-secret-known-to-everybody-0000',
  alibabaSpiKey: 'sandbox-spi-key-known-to-everybody',
  alibabaAccessKeyId: 'sandbox-access-key-id',
  alibabaAccessKeySecret: 'sandbox-access-key-secret-known-to-everybody',
} as const

/** Raised when settings are missing or contradict each other; the message names the variable and what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Refuses pretend parts in production. Throws ConfigError naming what to change. */
export function refusePretence(config: Config): void {
  if (config.mode !== 'production') return
  const alibaba = config.marketplaces.alibaba
  const pretended: [boolean, string][] = [
    [config.secret === sandboxKeys.secret, 'PURSER_SECRET is the sandbox one'],
    [alibaba?.spiKeys.includes(sandboxKeys.alibabaSpiKey) ?? false, 'ALIBABA_SPI_KEYS contains the sandbox key'],
    [alibaba?.accessKeyId === sandboxKeys.alibabaAccessKeyId, 'ALIBABA_ACCESS_KEY_ID is the sandbox one'],
    [alibaba?.accessKeySecret === sandboxKeys.alibabaAccessKeySecret, 'ALIBABA_ACCESS_KEY_SECRET is the sandbox one'],
    [alibaba?.protocol === 'http', 'ALIBABA_PROTOCOL is http'],
    [alibaba !== null && alibaba.statementUrl !== null, 'ALIBABA_STATEMENT_URL is set'],
  ]
  const reasons = pretended.filter(([is]) => is).map(([, reason]) => reason)
  if (reasons.length > 0) {
    throw new ConfigError(`Purser does not start in production with sandbox settings: ${reasons.join('; ')}.`)
  }
}
