import * as settlement from '../../contract/settlement.ts'
import { inTransaction } from '../context.ts'
import { billingActor } from '../platform/actors.ts'
import { route } from '../platform/http/serve.ts'
import type { Route } from '../platform/http/serve.ts'
import { decideUncollected } from './decide-uncollected.ts'
import { importStatement } from './import-statement.ts'
import { listDifferences } from './list-differences.ts'
import { listPushSources } from './list-push-sources.ts'
import { listPushes } from './list-pushes.ts'
import { listReconciliations } from './list-reconciliations.ts'
import { listReportedUsage } from './list-reported-usage.ts'
import { readPushSummary } from './read-push-summary.ts'
import { readPush } from './read-push.ts'
import { resolveUnknown } from './resolve-unknown.ts'

export const settlementRoutes: readonly Route[] = [
  route(settlement.listPushes, (ctx, { query }) =>
    listPushes(ctx, {
      cursor: query.cursor,
      limit: query.limit,
      order: query.order,
      state: query.state ?? null,
      marketplace: query.marketplace ?? null,
      productCode: query.productCode ?? null,
      instanceRef: query.instanceRef ?? null,
      deadlineBefore: query.deadlineBefore === undefined ? null : new Date(query.deadlineBefore),
    }),
  ),
  route(settlement.readPushSummary, (ctx) => readPushSummary(ctx)),
  route(settlement.readPush, (ctx, { params }) => readPush(ctx, params.usageRecordId)),
  route(settlement.listPushSources, (ctx, { params, query }) =>
    listPushSources(ctx, { id: params.usageRecordId, ...query }),
  ),
  route(settlement.resolvePush, async (ctx, { params, body }) => {
    await inTransaction(ctx, (tx) => resolveUnknown(tx, { recordId: params.usageRecordId, ...body }))
    return readPush(ctx, params.usageRecordId)
  }),
  route(settlement.decideUncollected, async (ctx, { params, body }) => {
    await inTransaction(ctx, (tx) => decideUncollected(tx, { recordId: params.usageRecordId, ...body }))
    return readPush(ctx, params.usageRecordId)
  }),
  route(settlement.listDifferences, (ctx, { query }) =>
    listDifferences(ctx, {
      cursor: query.cursor,
      limit: query.limit,
      standingOnly: query.show === 'standing',
      productCode: query.productCode ?? null,
      instanceRef: query.instanceRef ?? null,
      day: query.day ?? null,
    }),
  ),
  route(settlement.listReconciliations, (ctx, { query }) =>
    listReconciliations(ctx, { ...query, productCode: query.productCode ?? null }),
  ),
  route(settlement.importStatement, (ctx, { body }) => importStatement(ctx, body)),
  route(settlement.listReportedUsage, (ctx, { params, query }) =>
    listReportedUsage(ctx, {
      billingAccountId: billingActor(ctx).accountId,
      instanceId: params.instanceId,
      ...query,
    }),
  ),
]
