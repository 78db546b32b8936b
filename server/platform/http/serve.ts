import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { BodyOf, Endpoint, ParamsOf, QueryOf } from '../../../contract/endpoint.ts'
import { Problem } from '../../../contract/problems.ts'
import type { Ctx, Services } from '../../context.ts'
import type { Log } from '../log.ts'
import { InputProblem, readFieldProblems } from './field-problems.ts'
import { readLanguage } from './language.ts'

/** What a handler gets beside the context: the parsed input, and the reply for setting cookies. */
export interface Call<E extends Endpoint> {
  params: ParamsOf<E>
  query: QueryOf<E>
  body: BodyOf<E>
  reply: FastifyReply
  request: FastifyRequest
}

/** One endpoint with what answers it. */
export interface Route {
  endpoint: Endpoint
  handle(ctx: Ctx, call: Call<Endpoint>): Promise<unknown>
}

/** Binds a handler to an endpoint, keeping the endpoint's types for it. */
export function route<E extends Endpoint>(
  endpoint: E,
  handle: (ctx: Ctx, call: Call<E>) => Promise<z.input<E['response']>>,
): Route {
  // The one place where the types of a single endpoint meet the list of all of them.
  return { endpoint, handle: handle as unknown as Route['handle'] }
}

/** Finds out who is asking and refuses those the endpoint's access rule does not admit. Given by the identity room. */
export type Admit = (ctx: Ctx, endpoint: Endpoint, request: FastifyRequest, params: unknown) => Promise<Ctx>

/** Registers routes: parse → who? → may they? → handler → checked answer. */
export function serve(app: FastifyInstance, services: Services, admit: Admit, routes: readonly Route[]): void {
  for (const { endpoint, handle } of routes) {
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      handler: async (request, reply) => {
        const ctx = requestContext(services, request)
        // Ids first and alone: a malformed id is simply not found, whoever asks.
        const params = parseParams(endpoint, request.params)
        const admitted = await admit(ctx, endpoint, request, params)
        const query = parse(endpoint.query, request.query, admitted)
        const body = parse(endpoint.body, request.body ?? {}, admitted)
        const result = await handle(admitted, { params, query, body, reply, request } as Call<Endpoint>)
        reply.header('cache-control', 'no-store')
        const answer: unknown = endpoint.response.parse(result)
        return endpoint.answeredAs ? sendFile(reply, endpoint.answeredAs, answer) : answer
      },
    })
  }
}

/** A file is made while it is sent; its handler has named it. */
function sendFile(reply: FastifyReply, mediaType: string, parts: unknown): FastifyReply {
  reply.type(`${mediaType}; charset=utf-8`)
  return reply.send(Readable.from(parts as AsyncIterable<string>))
}

function parseParams(endpoint: Endpoint, params: unknown): unknown {
  if (!endpoint.params) return undefined
  const parsed = endpoint.params.safeParse(params)
  if (!parsed.success) throw new Problem('not_found')
  return parsed.data
}

function parse(schema: z.ZodType | undefined, input: unknown, ctx: Ctx): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw new InputProblem(readFieldProblems(parsed.error, ctx.language))
  return parsed.data
}

/** The context of one HTTP request before anybody is known. */
export function requestContext(services: Services, request: FastifyRequest): Ctx {
  return {
    services,
    db: services.db,
    actor: { kind: 'anyone' },
    language: readLanguage(request, services.config.catalogue.defaultLanguage),
    // A child of our log that names the request; fastify has made it already.
    log: request.log as Log,
    requestId: request.id,
    ip: request.ip,
    now: () => services.clock.now(),
  }
}
