import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '../context.ts'
import { isRawBody } from '../api/read-body.ts'
import { openapiFaultKinds } from '../faults/fault.ts'
import type { Fault } from '../faults/fault.ts'
import { takeFault } from '../faults/queries.ts'
import { ApiError } from './api-error.ts'
import { authenticate } from './authenticate.ts'
import type { ApiRequest } from './authenticate.ts'
import { describeInstanceForIsv } from './describe-instance-for-isv.ts'
import { describeOrderForIsv } from './describe-order-for-isv.ts'
import { pushMeteringData } from './push-metering-data.ts'
import { insertCall } from './queries.ts'

const VERSION = '2015-11-01'
const SLOW_MS = 3_000
const LATE_MS = 2 * 24 * 3_600_000

type Action = (
  ctx: Ctx,
  call: { params: Record<string, string>; requestId: string; arrivedAt: Date },
) => Promise<Record<string, unknown>>

const actions: Record<string, Action> = {
  DescribeInstanceForIsv: (ctx, call) => describeInstanceForIsv(ctx, call.params),
  DescribeOrderForIsv: (ctx, call) => describeOrderForIsv(ctx, call.params),
  PushMeteringData: pushMeteringData,
}

/**
 * The vendor's RPC API (product Market, 2015-11-01) at `/openapi` and, for the official SDK, which knows only a host, at `/` too.
 * Parameters in the query or as a form.
 */
export function openapiRoutes(app: FastifyInstance, ctx: Ctx): void {
  for (const path of ['/', '/openapi']) {
    app.post(path, (request, reply) => answer(ctx, request, reply))
  }
  app.get('/openapi', (request, reply) => answer(ctx, request, reply))
}

/** Whether a GET of the front page is really a call of the API. */
export function isApiCall(request: FastifyRequest): boolean {
  return 'x-acs-action' in request.headers || /[?&]Action=/.test(request.url)
}

interface Served {
  status: number
  code: string
  body: Record<string, unknown>
  fault: Fault | null
}

/** Serves one call and keeps a record of it, whatever comes of it. */
export async function answer(ctx: Ctx, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const requestId = randomUUID().toUpperCase()
  const call = readCall(request)
  const params = { ...call.query, ...call.form }
  const receivedAt = ctx.clock.now()
  let action = call.headers['x-acs-action'] ?? params['Action'] ?? ''
  let served: Served
  try {
    const asked = await authenticate(ctx.db, call, ctx.options.accessKey)
    action = asked.action
    const act = actions[action]
    if (!act) throw new ApiError('actionNotFound')
    if (asked.version !== VERSION) throw new ApiError('versionNotFound')
    served = await perform(ctx, { act, action, params, requestId })
  } catch (error) {
    served = refusal(ctx, error)
  }
  const { status, code, fault } = served
  await insertCall(ctx.db, {
    requestId,
    action,
    parameters: withoutSignature(params),
    httpStatus: status,
    code,
    fault: fault?.kind ?? null,
    receivedAt,
  })
  if (fault?.kind === 'slow') await wait(fault.delayMs ?? SLOW_MS)
  if (fault?.kind === 'commit-then-timeout') {
    // The caller never learns that its data was kept.
    reply.hijack()
    request.raw.socket.destroy()
    return reply
  }
  return reply.status(status).send({ RequestId: requestId, HostId: request.headers.host ?? '', ...served.body })
}

async function perform(
  ctx: Ctx,
  call: { act: Action; action: string; params: Record<string, string>; requestId: string },
): Promise<Served> {
  const want = {
    on: 'openapi',
    kinds: openapiFaultKinds,
    action: call.action,
    instanceIds: instanceIdsIn(call.params),
  } as const
  const fault = await takeFault(ctx.db, want)
  try {
    if (fault?.kind === 'unknown-error') throw new ApiError('unknown')
    if (fault?.kind === 'throttling') throw new ApiError('flowControl')
    if (fault?.kind === 'permission-denied') throw new ApiError('permission')
    const lateMs = fault?.kind === 'late' ? (fault.delayMs ?? LATE_MS) : 0
    const arrivedAt = new Date(ctx.clock.now().getTime() + lateMs)
    const body = await call.act(ctx, { params: call.params, requestId: call.requestId, arrivedAt })
    if (fault?.kind === 'commit-then-unknown-error') throw new ApiError('unknown')
    return { status: 200, code: 'OK', body, fault }
  } catch (error) {
    return { ...refusal(ctx, error), fault }
  }
}

function refusal(ctx: Ctx, error: unknown): Served {
  if (!(error instanceof ApiError)) ctx.log.error({ err: error }, 'the sandbox API stumbled')
  const known = error instanceof ApiError ? error : new ApiError('unknown')
  return { status: known.status, code: known.code, body: { Code: known.code, Message: known.message }, fault: null }
}

function readCall(request: FastifyRequest): ApiRequest {
  const [path = '/', query = ''] = request.url.split('?', 2)
  const body = isRawBody(request.body) ? request.body : { raw: '', form: {} }
  return {
    method: request.method,
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    form: body.form,
    rawBody: body.raw,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
  }
}

/** For matching faults: the instances a call names, read as leniently as can be. */
function instanceIdsIn(params: Record<string, string>): string[] {
  const named = [...(params['Metering'] ?? '').matchAll(/"InstanceId"\s*:\s*"?(\d+)/g)].map(([, id]) => id ?? '')
  return params['InstanceId'] === undefined ? named : [params['InstanceId'], ...named]
}

function withoutSignature(params: Record<string, string>): Record<string, string> {
  const { Signature: _, ...rest } = params
  return rest
}
