import { z } from 'zod'
import { currency, quantity, unitPrice } from '../../contract/money.ts'
import { Decimal } from './decimal.ts'
import { meterCode, meterOf, priceRegion, type MeterCode } from '../metering/meters.ts'

/*
 * A price book is a file: all prices of one price region in one currency, in versions. Each version is the whole list and holds
 * from the site's day `effectiveFrom` (that day included) until the next version begins. A version once added never changes.
 */

const aboveZero = quantity.refine((text) => /[1-9]/.test(text), 'must be more than 0')

const tier = z.strictObject({
  /** Last quantity of this tier (that one included), in what the meter counts; null in the last tier: no end. */
  upTo: aboveZero.nullable(),
  unitPrice,
})
export type PriceTier = z.output<typeof tier>

const tiers = z
  .array(tier)
  .min(1, 'must have at least one tier')
  .superRefine((list, context) => {
    list.forEach((entry, index) => {
      const path = [index, 'upTo']
      const last = index === list.length - 1
      if (last && entry.upTo !== null)
        context.addIssue({ code: 'custom', path, message: 'must be null in the last tier' })
      if (!last && entry.upTo === null)
        context.addIssue({ code: 'custom', path, message: 'may be null in the last tier only' })
      const previous = list[index - 1]?.upTo ?? null
      if (previous !== null && entry.upTo !== null && !new Decimal(entry.upTo).greaterThan(previous)) {
        context.addIssue({ code: 'custom', path, message: `must be more than ${previous}, the end of the tier before` })
      }
    })
  })

const ruleFields = {
  meter: meterCode,
  /** Days of retention this price is for; left out for meters with one price. */
  retentionDays: z.int().positive().nullable().default(null),
  /** The price is per this many of what the meter counts: `1000000` for a price per million. */
  per: aboveZero,
}

const rule = z.discriminatedUnion('model', [
  /** quantity ÷ per × unitPrice, parts of a unit included. */
  z.strictObject({ ...ruleFields, model: z.literal('flat'), unitPrice }),
  /** Each tier's share of the day's quantity at that tier's price. */
  z.strictObject({ ...ruleFields, model: z.literal('graduated'), tiers }),
  /** The whole of the day's quantity at the price of the tier it ends in. */
  z.strictObject({ ...ruleFields, model: z.literal('volume'), tiers }),
  /** unitPrice for every started package of `per`. */
  z.strictObject({ ...ruleFields, model: z.literal('package'), unitPrice }),
])
export type PriceRule = z.output<typeof rule>
export type PriceModel = PriceRule['model']

const version = z.strictObject({
  version: z.int().positive(),
  /** First day of the site on which this version holds. */
  effectiveFrom: z.iso.date('must be a date such as 2026-01-31'),
  note: z.string().max(500).default(''),
  rules: z.array(rule).min(1, 'must have at least one rule'),
})
export type PriceBookVersion = z.output<typeof version>

const bookShape = z.strictObject({
  book: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,39}$/, 'must be capital letters, digits and dashes, such as CN-CNY'),
  priceRegion,
  currency,
  versions: z.array(version).min(1, 'must have at least one version'),
})
export type PriceBook = z.output<typeof bookShape>

const priceBook = bookShape.superRefine((book, context) => {
  book.versions.forEach((entry, index) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: ['versions', index, ...path], message })
    if (entry.version !== index + 1)
      refuse(['version'], `must be ${index + 1}: versions are numbered from 1 in their order`)
    const previous = book.versions[index - 1]
    if (previous && entry.effectiveFrom <= previous.effectiveFrom) {
      refuse(['effectiveFrom'], `must be later than ${previous.effectiveFrom}, when version ${previous.version} began`)
    }
    for (const problem of ruleProblems(entry.rules, book.priceRegion))
      refuse(['rules', ...problem.path], problem.message)
  })
})

function ruleProblems(rules: readonly PriceRule[], region: PriceBook['priceRegion']) {
  const problems: { path: (string | number)[]; message: string }[] = []
  const firstWithId = new Map<string, number>()
  rules.forEach((entry, index) => {
    const meter = meterOf(entry.meter)
    if (!meter.priceRegions.includes(region)) {
      problems.push({ path: [index, 'meter'], message: `${entry.meter} is not offered in price region ${region}` })
    }
    if (meter.retentionPolicy !== null && entry.retentionDays === null) {
      problems.push({
        path: [index, 'retentionDays'],
        message: `is missing: the price of ${entry.meter} depends on retention`,
      })
    }
    if (meter.retentionPolicy === null && entry.retentionDays !== null) {
      problems.push({ path: [index, 'retentionDays'], message: `must be left out: ${entry.meter} has one price` })
    }
    const first = firstWithId.get(ruleId(entry))
    if (first !== undefined)
      problems.push({ path: [index], message: `prices ${ruleId(entry)} again, after rules[${first}]` })
    else firstWithId.set(ruleId(entry), index)
  })
  return problems
}

/** Name of what a rule prices within its book version: `logs.7d`, `sms`. Unique there. */
export function ruleId(of: { meter: MeterCode; retentionDays: number | null }): string {
  return of.retentionDays === null ? of.meter : `${of.meter}.${of.retentionDays}d`
}

export type ParsedPriceBook = { ok: true; book: PriceBook } | { ok: false; problems: string[] }

/**
 * Reads the parsed JSON of a price book file. When it is not right, answers every problem at once, each naming file and place:
 * `cn-cny.json: versions[0].rules[3].unitPrice: must be …`.
 */
export function parsePriceBook(json: unknown, fileName: string): ParsedPriceBook {
  const result = priceBook.safeParse(json)
  if (result.success) return { ok: true, book: result.data }
  return {
    ok: false,
    problems: result.error.issues.map((issue) => `${fileName}: ${placeOf(issue.path)}: ${issue.message}`),
  }
}

function placeOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return text.replace(/^\./, '') || 'the file'
}

/** The version of a book that holds on a site's day (`2026-01-31`); undefined before the first one. */
export function versionInForce(book: PriceBook, day: string): PriceBookVersion | undefined {
  return book.versions.findLast((entry) => entry.effectiveFrom <= day)
}

/** A price and where it stands, so that a charge can be explained. */
export interface PriceInForce {
  book: string
  version: number
  effectiveFrom: string
  rule: PriceRule
}

/**
 * The price of a meter on a site's day, for usage written under `retentionDays` (null for meters with one price); undefined when
 * the book does not offer it. The past has one answer for ever, because versions are only ever added with later dates.
 */
export function priceFor(
  book: PriceBook,
  wanted: { meter: MeterCode; retentionDays: number | null; at: string },
): PriceInForce | undefined {
  const holding = versionInForce(book, wanted.at)
  const found = holding?.rules.find(
    (entry) => entry.meter === wanted.meter && entry.retentionDays === wanted.retentionDays,
  )
  if (!holding || !found) return undefined
  return { book: book.book, version: holding.version, effectiveFrom: holding.effectiveFrom, rule: found }
}

/** Days of retention that a book offers for a meter on a day, ascending; empty for meters with one price or none. */
export function offeredRetentionDays(book: PriceBook, wanted: { meter: MeterCode; at: string }): number[] {
  const rules = versionInForce(book, wanted.at)?.rules ?? []
  return rules
    .filter((entry) => entry.meter === wanted.meter)
    .flatMap((entry) => entry.retentionDays ?? [])
    .toSorted((a, b) => a - b)
}
