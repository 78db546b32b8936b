import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { listCalls, listRecords } from '../alibaba/queries.ts'
import { rangeSchema, readStatement, statementRange } from '../alibaba/read-statement.ts'
import type { Ctx } from '../context.ts'
import { parse } from './parse.ts'

const rowId = z.string().regex(/^\d{1,18}$/, 'must be a number')
const recordsQuery = rangeSchema.extend({
  after: rowId.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
})
const callsQuery = z.object({ before: rowId.optional(), limit: z.coerce.number().int().min(1).max(200).default(50) })

/** The marketplace's side of the books, as JSON; see README.md. */
export function statementRoutes(app: FastifyInstance, ctx: Ctx): void {
  app.get('/api/statement', async (request) => {
    const range = statementRange(ctx, parse(rangeSchema, request.query))
    return { ...range, ...(await readStatement(ctx, range)) }
  })

  app.get('/api/statement/records', async (request) => {
    const query = parse(recordsQuery, request.query)
    const page = { ...statementRange(ctx, query), after: query.after ?? null, limit: query.limit }
    const records = await listRecords(ctx.db, page)
    return { records, next: records.length === query.limit ? (records.at(-1)?.id ?? null) : null }
  })

  app.get('/api/calls', async (request) => {
    const query = parse(callsQuery, request.query)
    const calls = await listCalls(ctx.db, { before: query.before ?? null, limit: query.limit })
    return { calls, next: calls.length === query.limit ? (calls.at(-1)?.id ?? null) : null }
  })
}
