import type { ExplainedLine } from '../../contract/bills.ts'
import type { BillingAccountId, Id } from '../../contract/ids.ts'
import type { StoredEvent } from '../../contract/metering.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { erasedSince } from '../metering/erased-since.ts'
import { listUsageEvents } from '../metering/list-usage-events.ts'
import { usageOfHours } from '../metering/usage-of-hours.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import type { RatedLine } from '../rating/rate-usage.ts'
import { readPriceBooks } from '../rating/read-price-books.ts'
import { siteDayBounds } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'
import type { BillLine } from './bill-line.ts'
import { selectCharge, selectChargesAboutSame, type ChargeRow } from './charge-queries.ts'
import { presentCharge } from './present-charge.ts'

/** Opens a line of a payer's bill: price rule, shares, hours, and all other lines about the same usage. Throws `not_found`. */
export async function explainLine(
  ctx: Ctx,
  of: { billingAccountId: BillingAccountId; billId: Id<'dailyBill'>; position: number },
): Promise<ExplainedLine> {
  const row = await selectCharge(ctx.db, of)
  if (!row) throw new Problem('not_found')
  const rated = row.line.kind === 'usage' ? row.line : row.line.rated
  const about = await selectChargesAboutSame(ctx.db, { ...row, billingAccountId: of.billingAccountId })
  return {
    ...presentCharge(row),
    price: rated ? await priceOf(ctx, rated) : null,
    adjusts: adjustmentOf(row.line),
    hours: await hoursOf(ctx, row),
    detailDeletedAt: (await erasedSince(ctx, [row.workspaceId])).get(row.workspaceId)?.toISOString() ?? null,
    related: about
      .filter((each) => each.billId !== row.billId || each.position !== row.position)
      .map(({ billId, position, day, kind, line }) => ({ billId, position, day, kind, amount: line.amount })),
  }
}

/** Events a line of a payer's bill is made of, latest first; corrected and late ones included. Throws `not_found`. */
export async function listLineEvents(
  ctx: Ctx,
  of: { billingAccountId: BillingAccountId; billId: Id<'dailyBill'>; position: number } & PageRequest,
): Promise<Page<StoredEvent>> {
  const row = await selectCharge(ctx.db, of)
  if (!row) throw new Problem('not_found')
  const { workspaceId, meter, retentionDays, usageDay: day } = row
  return listUsageEvents(ctx, { workspaceId, meter, retentionDays, day, cursor: of.cursor, limit: of.limit })
}

async function priceOf(ctx: Ctx, rated: RatedLine): Promise<NonNullable<ExplainedLine['price']>> {
  const { rule, per, unitPrice, tiers } = rated
  const book = (await readPriceBooks(ctx)).find((each) => each.book === rule.book)
  const version = book?.versions.find((each) => each.version === rule.version)
  if (!version) throw new Error(`The price book ${rule.book} has no version ${rule.version}.`)
  return { ...rule, effectiveFrom: version.effectiveFrom, per, unitPrice, shares: tiers }
}

function adjustmentOf(line: BillLine): ExplainedLine['adjusts'] {
  if (line.kind === 'usage') return null
  const { billed, rated } = line
  return { billed, rated: rated ? { quantity: rated.quantity, amount: rated.amount } : null }
}

async function hoursOf(ctx: Ctx, row: ChargeRow): Promise<ExplainedLine['hours']> {
  const { startsAt, endsAt } = siteDayBounds(row.usageDay, siteSettings(ctx, row.site).timeZone)
  const hours = await usageOfHours(ctx, { workspaceIds: [row.workspaceId], from: startsAt, to: endsAt })
  return hours
    .filter((each) => each.meter === row.meter && each.retentionDays === row.retentionDays)
    .map(({ hour, quantity }) => ({ hour: hour.toISOString(), quantity }))
}
