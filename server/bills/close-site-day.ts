import type { BillingAccountId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { closeMeteringDay } from '../metering/close-metering-day.ts'
import { workspacesWithUsage } from '../metering/workspaces-with-usage.ts'
import { addDays, siteDayBounds } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'
import {
  insertDay,
  insertPayersOf,
  insertPayersOfLate,
  selectDay,
  selectLatestDay,
  selectOpenPayers,
  updateDay,
  type BillDayRow,
} from './close-queries.ts'
import type { BillAnswer } from './issue-bill.ts'
import { issueBills } from './issue-bills.ts'
import { loadPayers } from './load-payers.ts'

/** How many workspaces are listed at a time, how many payers are billed together, and how many such chunks side by side. */
const gatherAtOnce = 1000
const payersAtOnce = 50
const chunksAtOnce = 3

export interface ClosedDay {
  issued: number
  nothing: number
  parked: number
}

interface SiteDay {
  site: string
  day: string
}

/**
 * Closes one day of a site that is over: counts usage up to now, lists who has to be billed, and makes the bills, each whole in one
 * commit. May be killed anywhere and called again, also by two at once: nobody is billed twice. A closed day stays as it is.
 * Throws `day_not_over` for a day that still runs on the site, and `day_out_of_turn` when another day has to be closed first.
 */
export async function closeSiteDay(ctx: Ctx, of: SiteDay): Promise<ClosedDay> {
  const { timeZone } = siteSettings(ctx, of.site)
  const { endsAt } = siteDayBounds(of.day, timeZone)
  if (ctx.now() < endsAt) throw new Problem('day_not_over', { day: of.day, site: of.site }, 'day')
  const standing = await begin(ctx, of)
  const done: ClosedDay = { issued: 0, nothing: 0, parked: 0 }
  if (standing.state === 'closed') return done
  if (standing.state === 'gathering') await gather(ctx, of, endsAt)
  await makeBills(ctx, { ...of, usageCut: standing.usage_cut }, done)
  await updateDay(ctx.db, { ...of, state: 'closed', at: ctx.now() })
  return done
}

async function begin(ctx: Ctx, of: SiteDay): Promise<BillDayRow> {
  const standing = await selectDay(ctx.db, of.site, of.day)
  if (standing) return standing
  const latest = await selectLatestDay(ctx.db, of.site)
  const next = latest?.state === 'closed' ? addDays(latest.day, 1) : latest?.day
  if (next !== undefined && next !== of.day) throw new Problem('day_out_of_turn', { day: next, site: of.site }, 'day')
  return inTransaction(ctx, async (tx) => {
    const { cut } = await closeMeteringDay(tx, of)
    await insertDay(tx.db, { ...of, cut, at: tx.now() })
    const day = await selectDay(tx.db, of.site, of.day)
    if (!day) throw new Error(`The day ${of.day} of ${of.site} was not begun.`)
    return day
  })
}

async function gather(ctx: Ctx, of: SiteDay, boundBefore: Date): Promise<void> {
  let after = ''
  for (;;) {
    const workspaceIds = await workspacesWithUsage(ctx, { ...of, after, limit: gatherAtOnce })
    if (workspaceIds.length > 0) {
      await insertPayersOf(ctx.db, { ...of, workspaceIds, boundBefore, at: ctx.now() })
    }
    if (workspaceIds.length < gatherAtOnce) break
    after = workspaceIds.at(-1) ?? after
  }
  await insertPayersOfLate(ctx.db, { ...of, boundBefore, at: ctx.now() })
  await updateDay(ctx.db, { ...of, state: 'closing', at: ctx.now() })
}

async function makeBills(ctx: Ctx, of: SiteDay & { usageCut: string }, done: ClosedDay): Promise<void> {
  for (;;) {
    const payers = await selectOpenPayers(ctx.db, of.site, of.day, payersAtOnce * chunksAtOnce)
    if (payers.length === 0) return
    const chunks = Array.from({ length: Math.ceil(payers.length / payersAtOnce) }, (_, index) =>
      payers.slice(index * payersAtOnce, (index + 1) * payersAtOnce),
    )
    const states = await Promise.all(chunks.map((chunk) => billChunk(ctx, of, chunk)))
    for (const state of states.flat()) if (state !== 'answered') done[state] += 1
  }
}

async function billChunk(
  ctx: Ctx,
  of: SiteDay & { usageCut: string },
  payers: readonly BillingAccountId[],
): Promise<BillAnswer['state'][]> {
  const loaded = await loadPayers(ctx, { ...of, payers })
  if (loaded.length < payers.length) throw new Error(`A payer of ${of.day} on ${of.site} has no workspace there.`)
  return issueBills(ctx, loaded)
}
