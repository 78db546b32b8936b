import { z } from 'zod'
import { amountNotNegative, currency, quantity, unitPrice } from '../../contract/money.ts'
import cnCny from './annual-packages/cn-cny.json' with { type: 'json' }
import { meterCode, priceRegion } from '../metering/meters.ts'

/*
 * An annual package is paid at once and covers a quantity of some meters every day. Usage kept longer than the package assumes
 * counts several times (its factor); what goes beyond the day's quantity costs the price of the assumed retention.
 * Source: BC/pkg.
 */

const factor = z.string().regex(/^[1-9]\d{0,3}$/, 'must be a whole number of 1 or more')

const term = z.strictObject({
  meter: meterCode,
  /** What goes beyond is priced by the price book at this retention, or, for meters the book does not price, as said here. */
  overrun: z.union([
    z.strictObject({ retentionDays: z.int().positive().nullable() }),
    z.strictObject({ per: quantity, unitPrice }),
  ]),
  /** Days of retention → how many one counts as; retentions not named are outside the package. Absent: one price, factor 1. */
  factors: z.record(z.string().regex(/^[1-9]\d*$/), factor).optional(),
})

const packageShape = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  name: z.strictObject({ en: z.string().min(1), zh: z.string().min(1) }),
  /** Price of the whole term, before it begins. */
  price: amountNotNegative,
  perDay: z.partialRecord(meterCode, quantity),
})

const packageList = z.strictObject({
  priceRegion,
  currency,
  days: z.int().positive(),
  terms: z.array(term),
  packages: z.array(packageShape).min(1),
})

export type PackageTerm = z.output<typeof term>

/** One package with the terms it shares with its list. */
export type AnnualPackage = z.output<typeof packageShape> &
  Pick<z.output<typeof packageList>, 'priceRegion' | 'currency' | 'days' | 'terms'>

/** Reads a list of annual packages that must be right; throws with every problem, one a line, naming file and place. */
export function annualPackagesOf(json: unknown, fileName: string): AnnualPackage[] {
  const parsed = packageList.safeParse(json)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${fileName}: ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`These annual packages cannot be used.\n${problems.join('\n')}`)
  }
  const { packages, ...shared } = parsed.data
  return packages.map((entry) => ({ ...entry, ...shared }))
}

/** The annual packages that come with Purser. */
export const shippedAnnualPackages: readonly AnnualPackage[] = annualPackagesOf(cnCny, 'annual-packages/cn-cny.json')
