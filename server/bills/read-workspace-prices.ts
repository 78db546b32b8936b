import type { Currency } from '../../contract/money.ts'
import type { RetentionPolicy } from '../../contract/retention.ts'
import { payerOf } from '../bindings/payer-of.ts'
import type { Ctx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import type { MeterCode } from '../metering/meters.ts'
import { retentionUnder } from '../metering/retention.ts'
import { priceFor } from '../rating/price-book.ts'
import { readPriceBooks } from '../rating/read-price-books.ts'
import { priceBookFor } from '../rating/shipped-price-books.ts'
import type { WorkspaceRow } from '../workspaces/find-workspace.ts'
import { siteDayOf } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'

export interface WorkspacePrices {
  /** The payer's; the site's while nobody pays. */
  currency: Currency
  /** The running day of the site. */
  today: string
  /** What one unit of a meter costs today when kept so many days; null where the price book has no single price for it. */
  unitPriceOf(meter: MeterCode, kept: { policy: RetentionPolicy; days: number }): string | null
}

/** What a workspace's usage costs today, by the price book of its payer's currency. */
export async function readWorkspacePrices(ctx: Ctx, workspace: WorkspaceRow): Promise<WorkspacePrices> {
  const { timeZone, priceRegion, currency: siteCurrency } = siteSettings(ctx, workspace.site)
  const payer = await payerOf(ctx, workspace.id)
  const currency = payer ? (await readBillingAccount(ctx, payer)).currency : siteCurrency
  const book = priceBookFor(await readPriceBooks(ctx), { priceRegion, currency })
  const today = siteDayOf(ctx.now(), timeZone)
  return {
    currency,
    today,
    unitPriceOf: (meter, { policy, days }) => {
      if (!book) return null
      const retentionDays = retentionUnder(meter, new Map([[policy, days]]))
      const rule = priceFor(book, { meter, retentionDays, at: today })?.rule
      return rule?.model === 'flat' ? rule.unitPrice : null
    },
  }
}
