import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import * as endpoints from '../../contract/metering.ts'
import type { UsageAnswer } from '../../contract/metering.ts'
import { chooseRetention as chooseRetentionEndpoint } from '../../contract/retention.ts'
import type { ApiKeyRow } from './key-queries.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { usageKeyActor } from '../platform/actors.ts'
import { route } from '../platform/http/serve.ts'
import type { Route } from '../platform/http/serve.ts'
import { acceptUsage } from './accept-usage.ts'
import { acceptUsageStream } from './accept-usage-stream.ts'
import { chooseRetention } from './choose-retention.ts'
import { createApiKey } from './create-api-key.ts'
import { decodeStream } from './decode-stream.ts'
import { forgetApiKey } from './find-api-key.ts'
import { listApiKeys } from './list-api-keys.ts'
import { listUsageEvents } from './list-usage-events.ts'
import { presentApiKey } from './present-api-key.ts'
import { readUsageBody } from './read-usage-body.ts'
import { readUsageLines } from './read-usage-lines.ts'
import { readUsageSeries } from './read-usage-series.ts'
import { readUsage } from './read-usage.ts'
import { revokeApiKey } from './revoke-api-key.ts'
import { rotateApiKey } from './rotate-api-key.ts'

/** A stream of lines is taken as it arrives, anything else whole. */
async function takeUsage(ctx: Ctx, { body, headers }: FastifyRequest): Promise<UsageAnswer> {
  const encoding = headers['content-encoding']?.trim().toLowerCase()
  if (body instanceof Readable)
    return acceptUsageStream(ctx, usageKeyActor(ctx), readUsageLines(decodeStream(body, encoding)))
  const whole = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  return acceptUsage(ctx, usageKeyActor(ctx), await readUsageBody(whole, headers['content-type'], encoding))
}

/** Receives usage; served apart from the others because it reads its body itself. */
export const usageRoute: Route = route(endpoints.sendUsage, async (ctx, { request, reply }) => {
  const answer = await takeUsage(ctx, request)
  if (answer.rejected.length > 0 && answer.inserted + answer.duplicates === 0) reply.code(422)
  return answer
})

function presentNew({ row, token }: { row: ApiKeyRow; token: string }) {
  return { ...presentApiKey(row), token }
}

export const meteringRoutes: readonly Route[] = [
  route(endpoints.readUsage, (ctx, { params }) => readUsage(ctx, params)),
  route(endpoints.readUsageSeries, (ctx, { params, query }) => readUsageSeries(ctx, { ...params, ...query })),
  route(endpoints.listUsageEvents, (ctx, { params, query }) => listUsageEvents(ctx, { ...params, ...query })),
  route(chooseRetentionEndpoint, async (ctx, { params, body }) => {
    const { from } = await inTransaction(ctx, (tx) => chooseRetention(tx, { ...params, ...body }))
    return { from: from.toISOString() }
  }),
  route(endpoints.listApiKeys, async (ctx, { params, query }) => {
    const page = await listApiKeys(ctx, { ...params, ...query })
    return { ...page, items: page.items.map(presentApiKey) }
  }),
  route(endpoints.createApiKey, async (ctx, { params, body }) =>
    presentNew(await inTransaction(ctx, (tx) => createApiKey(tx, { ...params, ...body }))),
  ),
  route(endpoints.rotateApiKey, async (ctx, { params, body }) =>
    presentNew(await inTransaction(ctx, (tx) => rotateApiKey(tx, { ...params, ...body }))),
  ),
  route(endpoints.revokeApiKey, async (ctx, { params }) => {
    await inTransaction(ctx, (tx) => revokeApiKey(tx, params))
    forgetApiKey(ctx.services, params.apiKeyId)
    return {}
  }),
]
