import type { BillingAccountId } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { Ctx } from '../context.ts'
import { usageOfDay } from '../metering/usage-of-day.ts'
import type { PriceBook } from '../rating/price-book.ts'
import type { UsageTotal } from '../rating/rate-usage.ts'
import { readPriceBooks } from '../rating/read-price-books.ts'
import { priceBookFor } from '../rating/shipped-price-books.ts'
import { siteDayBounds } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { selectPayerWorkspaces, type PayerWorkspace } from './close-queries.ts'
import type { WorkspaceTerms } from './rate-day.ts'

/** All that a payer's bill of a closed day is computed from, but late usage. The same for ever. */
export interface PayerDay {
  billingAccountId: BillingAccountId
  site: string
  day: string
  currency: Currency
  /** Null where no book has this site's prices in the payer's currency. */
  book: PriceBook | null
  usageCut: string
  workspaces: ReadonlyMap<string, WorkspaceTerms>
  usage: UsageTotal[]
  boundAt: ReadonlyMap<string, Date>
}

/** Loads what the bills of some payers are computed from, together. Payers without a workspace on the site are left out. */
export async function loadPayers(
  ctx: Ctx,
  of: { site: string; day: string; usageCut: string; payers: readonly BillingAccountId[] },
): Promise<PayerDay[]> {
  const { site, day, usageCut } = of
  const { timeZone, priceRegion } = siteSettings(ctx, site)
  const { endsAt } = siteDayBounds(day, timeZone)
  const books = await readPriceBooks(ctx)
  const workspaces = await selectPayerWorkspaces(ctx.db, { site, day, endsAt, payers: of.payers })
  const workspaceIds = workspaces.map(({ workspaceId }) => workspaceId)
  const { usage } = await usageOfDay(ctx, { workspaceIds, site, day })
  const usageBy = grouped(usage, (total) => total.workspaceId)
  return [...grouped(workspaces, (each) => each.billingAccountId)].map(([billingAccountId, own]) => {
    const currency = currencyOf(own)
    return {
      billingAccountId,
      site,
      day,
      currency,
      book: priceBookFor(books, { priceRegion, currency }) ?? null,
      usageCut,
      workspaces: new Map(own.map((each) => [each.workspaceId, termsOf(each)])),
      usage: own.flatMap((each) => usageBy.get(each.workspaceId) ?? []),
      boundAt: new Map(own.map((each) => [each.workspaceId, each.boundAt])),
    }
  })
}

function currencyOf([first]: readonly PayerWorkspace[]): Currency {
  if (!first) throw new RangeError('workspaces: a payer must have at least one')
  return first.currency
}

function termsOf({ instanceId, logsBy }: PayerWorkspace): WorkspaceTerms {
  return { settlement: instanceId ? { method: 'marketplace', instanceId } : { method: 'balance' }, logsBy }
}

/** Values by a key, in the order of first appearance. */
export function grouped<Key, Value>(values: readonly Value[], keyOf: (value: Value) => Key): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group) group.push(value)
    else groups.set(keyOf(value), [value])
  }
  return groups
}
