import { z } from 'zod'
import { startOfChinaDay } from '../clock.ts'
import { Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { hourTotals } from './queries.ts'
import { statementOf } from './statement.ts'
import type { Statement } from './statement.ts'

const DAY_MS = 24 * 3_600_000

/** A day in UTC+8 or an instant. */
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })])
/** `from` is included; `to` is included when it is a day, excluded when it is an instant. Default: the last 31 days. */
export const rangeSchema = z.object({
  instanceId: z.string().min(1).optional(),
  from: moment.optional(),
  to: moment.optional(),
})
export type RangeQuery = z.output<typeof rangeSchema>

export interface StatementRange {
  instanceId: string | null
  from: Date
  until: Date
}

/** Resolves what was asked; at most 31 days for all instances, 400 for one. Throws Refusal wrong_input. */
export function statementRange(ctx: Ctx, query: RangeQuery): StatementRange {
  const until = query.to === undefined ? new Date(ctx.clock.now().getTime() + DAY_MS) : instantOf(query.to, DAY_MS)
  const from = query.from === undefined ? new Date(until.getTime() - 31 * DAY_MS) : instantOf(query.from, 0)
  const most = query.instanceId === undefined ? 31 : 400
  const days = (until.getTime() - from.getTime()) / DAY_MS
  if (days < 0 || days > most) {
    throw new Refusal(
      400,
      'wrong_input',
      `from, to: must be a span of 0 to ${most} days${query.instanceId === undefined ? '; name an instanceId for more' : ''}.`,
    )
  }
  return { instanceId: query.instanceId ?? null, from, until }
}

function instantOf(text: string, dayLengthMs: number): Date {
  if (text.length > 10) return new Date(text)
  return new Date(startOfChinaDay(text).getTime() + dayLengthMs)
}

/** What was accepted and billed, per instance, dimension and day. */
export async function readStatement(ctx: Ctx, range: StatementRange): Promise<Statement> {
  return statementOf(await hourTotals(ctx.db, range), ctx.options.products)
}
