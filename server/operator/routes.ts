import * as contract from '../../contract/operator.ts'
import { route } from '../platform/http/serve.ts'
import type { Route } from '../platform/http/serve.ts'
import { listActivations } from './list-activations.ts'
import { listAudit, listTimeline } from './list-audit.ts'
import { readRecord } from './read-record.ts'
import { searchRecords } from './search-records.ts'

/** How operators find any record, and what happened to it. */
export const operatorRoutes: readonly Route[] = [
  route(contract.searchRecords, (ctx, { query }) => searchRecords(ctx, query.text)),
  route(contract.readRecord, (ctx, { params }) => readRecord(ctx, params.recordId)),
  route(contract.listTimeline, (ctx, { params, query }) => listTimeline(ctx, { ...params, ...query })),
  route(contract.listAudit, (ctx, { query }) =>
    listAudit(ctx, {
      cursor: query.cursor,
      limit: query.limit,
      by: query.by ?? null,
      actorId: query.actorId ?? null,
      what: query.what ?? null,
    }),
  ),
  route(contract.listActivations, (ctx, { query }) =>
    listActivations(ctx, { cursor: query.cursor, limit: query.limit, state: query.state ?? null }),
  ),
]
