import type { z } from 'zod'
import type { WorkspaceId } from '../../contract/ids.ts'
import { retentionPolicies } from '../../contract/retention.ts'
import type {
  readRetention as readRetentionEndpoint,
  RetentionOfKind,
  RetentionPolicy,
} from '../../contract/retention.ts'
import { payerOf } from '../bindings/payer-of.ts'
import type { Ctx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import { meters } from '../metering/meters.ts'
import { freePlanRetentionDays, retentionOffered, retentionUnder } from '../metering/retention.ts'
import { readRetentionChoices } from '../metering/read-retention-choices.ts'
import { priceFor } from '../rating/price-book.ts'
import type { PriceBook } from '../rating/price-book.ts'
import { readPriceBooks } from '../rating/read-price-books.ts'
import { priceBookFor } from '../rating/shipped-price-books.ts'
import { getWorkspace } from '../workspaces/find-workspace.ts'
import { siteDayOf } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'

/** How long a workspace keeps each kind of data, and what a unit costs under each choice in its payer's price book today. */
export async function readRetention(
  ctx: Ctx,
  of: { workspaceId: WorkspaceId },
): Promise<z.input<(typeof readRetentionEndpoint)['response']>> {
  const { site, plan } = await getWorkspace(ctx, of.workspaceId)
  const { timeZone, priceRegion, currency: siteCurrency } = siteSettings(ctx, site)
  const payer = await payerOf(ctx, of.workspaceId)
  const currency = payer ? (await readBillingAccount(ctx, payer)).currency : siteCurrency
  const book = priceBookFor(await readPriceBooks(ctx), { priceRegion, currency })
  const choices = await readRetentionChoices(ctx, of.workspaceId)
  const today = siteDayOf(ctx.now(), timeZone)
  const kinds = retentionPolicies.map((policy): RetentionOfKind => {
    const { now, next } = choices[policy]
    const allowed = plan === 'free' ? [freePlanRetentionDays] : retentionOffered(policy).allowed
    return {
      policy,
      days: plan === 'free' ? freePlanRetentionDays : now,
      next: next && { days: next.days, from: next.from.toISOString() },
      choices: allowed.map((days) => ({ days, prices: pricesOf(book, { policy, days, today }) })),
    }
  })
  return { currency, kinds }
}

function pricesOf(
  book: PriceBook | undefined,
  of: { policy: RetentionPolicy; days: number; today: string },
): RetentionOfKind['choices'][number]['prices'] {
  if (!book) return []
  return meters
    .filter((meter) => meter.retentionPolicy === of.policy)
    .flatMap(({ code, name, unitName }) => {
      const retentionDays = retentionUnder(code, new Map([[of.policy, of.days]]))
      const rule = priceFor(book, { meter: code, retentionDays, at: of.today })?.rule
      return rule?.model === 'flat' ? [{ meter: name, unitName, unitPrice: rule.unitPrice }] : []
    })
}
