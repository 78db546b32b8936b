import type { Ctx, TxCtx } from '../context.ts'
import { takeLateDays } from '../metering/take-late-days.ts'
import { usageOfDay } from '../metering/usage-of-day.ts'
import { siteDayBounds } from '../workspaces/site-day.ts'
import { siteSettings } from '../workspaces/sites.ts'
import { billedForDay, type LateDay } from './adjust-closed-day.ts'
import { selectLinesOfUsageDay } from './bill-queries.ts'
import { selectLogsBy } from './close-queries.ts'
import { grouped, type PayerDay } from './load-payers.ts'
import type { WorkspaceTerms } from './rate-day.ts'
import type { StoredLateDay } from './tables.ts'

/**
 * Takes the earlier days of a payer whose usage changed since they were billed, with all that is known of them now; in the caller's
 * commit, so that they are adjusted exactly when the bill stands. Usage of days before a workspace had a payer was free and stays so.
 */
export async function loadLateDays(ctx: TxCtx, payer: PayerDay): Promise<StoredLateDay[]> {
  const { site, day, currency } = payer
  const { timeZone } = siteSettings(ctx, site)
  const taken = await takeLateDays(ctx, { site, workspaceIds: [...payer.workspaces.keys()], before: day })
  const late: StoredLateDay[] = []
  for (const [lateDay, of] of grouped(taken, (each) => each.day)) {
    const { endsAt } = siteDayBounds(lateDay, timeZone)
    const workspaceIds = of
      .map(({ workspaceId }) => String(workspaceId))
      .filter((id) => (payer.boundAt.get(id)?.getTime() ?? Infinity) < endsAt.getTime())
    if (workspaceIds.length === 0) continue
    const { usage } = await usageOfDay(ctx, { workspaceIds, site, day: lateDay, upTo: 'now' })
    const lines = (await selectLinesOfUsageDay(ctx.db, workspaceIds, lateDay)).map(({ line }) => line)
    late.push({
      day: lateDay,
      usage,
      billed: billedForDay([{ day: lateDay, lines }], { day: lateDay, currency }),
      workspaceIds,
    })
  }
  return late
}

/** Late days as the plan of a bill wants them. */
export async function withTerms(ctx: Ctx, late: readonly StoredLateDay[]): Promise<LateDay[]> {
  return Promise.all(
    late.map(async ({ day, usage, billed, workspaceIds }) => {
      const chosen = new Map(
        (await selectLogsBy(ctx.db, workspaceIds, day)).map((each) => [String(each.workspaceId), each.logsBy]),
      )
      const terms = (id: string): WorkspaceTerms => ({
        settlement: { method: 'balance' },
        logsBy: chosen.get(id) ?? 'logs',
      })
      return { day, usage, billed, workspaces: new Map(workspaceIds.map((id) => [id, terms(id)])), annualPackage: null }
    }),
  )
}
