import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { listCalls, listRecords } from '../alibaba/queries.ts'
import { rangeSchema, readStatement, statementRange } from '../alibaba/read-statement.ts'
import type { RangeQuery } from '../alibaba/read-statement.ts'
import { parse } from '../api/parse.ts'
import { chinaDay } from '../clock.ts'
import { Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { readerOf, sendPage } from './routes.ts'
import { callsPage, statementPage } from './statement-page.ts'
import type { StatementView } from './statement-page.ts'

const PER_PAGE = 50
const rowId = z.string().regex(/^\d{1,18}$/)

/** Pages of what the vendor asked and what was billed. */
export function statementPages(app: FastifyInstance, ctx: Ctx): void {
  app.get('/backstage/calls', async (request, reply) => {
    const { before } = parse(z.object({ before: rowId.optional() }), request.query)
    const calls = await listCalls(ctx.db, { before: before ?? null, limit: PER_PAGE })
    const older = calls.length < PER_PAGE ? null : `/backstage/calls?before=${calls.at(-1)?.id}`
    return sendPage(reply, callsPage(await readerOf(ctx, request), { calls, older }))
  })

  app.get<{ Querystring: Record<string, string> }>('/backstage/statement', async (request, reply) => {
    const reader = await readerOf(ctx, request)
    const { instanceId = '', from, to, after } = request.query
    const now = ctx.clock.now()
    const shown = {
      instanceId,
      from: from || chinaDay(new Date(now.getTime() - 30 * 24 * 3_600_000)),
      to: to || chinaDay(now),
      products: ctx.options.products,
    }
    if (instanceId === '') return sendPage(reply, statementPage(reader, { ...shown, found: null, problem: null }))
    try {
      const found = await find(ctx, parse(rangeSchema, shown), after === undefined ? undefined : parse(rowId, after))
      return sendPage(reply, statementPage(reader, { ...shown, found, problem: null }))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return sendPage(reply.status(422), statementPage(reader, { ...shown, found: null, problem: error.message }))
    }
  })
}

async function find(ctx: Ctx, query: RangeQuery, after: string | undefined): Promise<StatementView['found']> {
  const range = statementRange(ctx, query)
  const statement = await readStatement(ctx, range)
  const records = await listRecords(ctx.db, { ...range, after: after ?? null, limit: PER_PAGE })
  const last = records.length < PER_PAGE ? undefined : records.at(-1)
  const { instanceId = '', from = '', to = '' } = query
  const more = last
    ? `/backstage/statement?${new URLSearchParams({ instanceId, from, to, after: last.id }).toString()}`
    : null
  return { statement, records, more }
}
