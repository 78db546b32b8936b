import type { z } from 'zod'
import type { readUsageSeries as readUsageSeriesEndpoint } from '../../contract/metering.ts'
import type { WorkspaceId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import { addDays } from '../workspaces/site-day.ts'
import { asMeter } from './as-meter.ts'
import { selectSeries } from './read-queries.ts'

type Series = z.input<(typeof readUsageSeriesEndpoint)['response']>

/** Most days one answer spans. */
const daysMax = { day: 100, hour: 7 } as const

/** Quantities of one meter by day or hour. Throws `unknown_meter`, `range_too_long`. */
export async function readUsageSeries(
  ctx: Ctx,
  input: { workspaceId: WorkspaceId; meter: string; from: string; to: string; step: 'day' | 'hour' },
): Promise<Series> {
  const meter = asMeter(input.meter)
  const max = daysMax[input.step]
  if (input.to < input.from || input.to >= addDays(input.from, max)) throw new Problem('range_too_long', { max }, 'to')
  const rows = await selectSeries(ctx.db, input.workspaceId, meter, input)
  const points = rows.map(({ retention, ...point }) => ({
    ...point,
    retentionDays: retention === 0 ? null : retention,
  }))
  return { meter, step: input.step, points }
}
