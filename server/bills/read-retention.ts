import type { z } from 'zod'
import type { WorkspaceId } from '../../contract/ids.ts'
import { retentionPolicies } from '../../contract/retention.ts'
import type {
  readRetention as readRetentionEndpoint,
  RetentionOfKind,
  RetentionPolicy,
} from '../../contract/retention.ts'
import type { Ctx } from '../context.ts'
import { meters } from '../metering/meters.ts'
import { freePlanRetentionDays, retentionOffered } from '../metering/retention.ts'
import { readRetentionChoices } from '../metering/read-retention-choices.ts'
import { getWorkspace } from '../workspaces/find-workspace.ts'
import { chargesMeter } from './charges-meter.ts'
import { selectLogsBy } from './close-queries.ts'
import { readWorkspacePrices } from './read-workspace-prices.ts'

/** How long a workspace keeps each kind of data, and what a unit costs under each choice in its payer's price book today. */
export async function readRetention(
  ctx: Ctx,
  of: { workspaceId: WorkspaceId },
): Promise<z.input<(typeof readRetentionEndpoint)['response']>> {
  const workspace = await getWorkspace(ctx, of.workspaceId)
  const { plan } = workspace
  const { currency, today, unitPriceOf } = await readWorkspacePrices(ctx, workspace)
  const [chosen] = await selectLogsBy(ctx.db, [workspace.id], today)
  const charged = meters.filter(({ code }) => chargesMeter(code, chosen?.logsBy ?? 'logs'))
  const pricesOf = (kept: { policy: RetentionPolicy; days: number }) =>
    charged
      .filter((meter) => meter.retentionPolicy === kept.policy)
      .flatMap(({ code, name, unitName }) => {
        const unitPrice = unitPriceOf(code, kept)
        return unitPrice === null ? [] : [{ meter: name, unitName, unitPrice }]
      })
  const choices = await readRetentionChoices(ctx, workspace.id)
  const kinds = retentionPolicies.map((policy): RetentionOfKind => {
    const { now, next } = choices[policy]
    const allowed = plan === 'free' ? [freePlanRetentionDays] : retentionOffered(policy).allowed
    return {
      policy,
      days: plan === 'free' ? freePlanRetentionDays : now,
      next: next && { days: next.days, from: next.from.toISOString() },
      choices: allowed.map((days) => ({ days, prices: pricesOf({ policy, days }) })),
    }
  })
  return { currency, kinds }
}
