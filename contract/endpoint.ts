import type { z } from 'zod'
import type { ProblemCode } from './problems.ts'

/**
 * Who may call an endpoint. Every endpoint declares exactly one rule; a test walks all of them.
 *
 * - `anyone`: no proof needed (sign-in pages, codes); protected by rate limits.
 * - `activation`: a browser that arrived by a verified hand-off, or began a website registration.
 * - `console`: a console session on the site named by the path parameter `site`.
 * - `workspace`: a console session whose account is a member of the path parameter `workspaceId`.
 * - `billing`: a Billing Center session.
 * - `operator`: an operator session.
 * - `usage-key`: an API key with the scope to send usage.
 */
export type Access =
  | { who: 'anyone' }
  | { who: 'activation' }
  | { who: 'console' }
  | { who: 'workspace'; role: 'member' | 'owner' }
  | { who: 'billing' }
  | { who: 'operator' }
  | { who: 'usage-key' }

type Schema = z.ZodType

/** One endpoint said once: the server routes by it, the web and CLI call through it, OpenAPI is printed from it. */
export interface Endpoint<
  Params extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
  Response extends Schema = Schema,
> {
  /** Operation id in OpenAPI and key of the web's query cache. */
  name: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with `:name` parameters, e.g. `/v1/console/workspaces/:workspaceId`. */
  path: string
  access: Access
  summary: string
  params?: Params
  query?: Query
  body?: Body
  /** A body that is not (only) one JSON text and that the endpoint reads itself: for the document, not parsed by the route. */
  sent?: { mediaTypes: readonly string[]; schema: Schema }
  response: Response
  /** Media type of an answer that is no JSON: a file, sent as it is made. */
  answeredAs?: 'text/csv'
  /** Foreseen failures beyond `not_found`, `bad_input`, `signed_out` and `forbidden`, which any endpoint may answer. */
  problems: readonly ProblemCode[]
}

/** What a part's schema yields; `undefined` where the endpoint has no such part. */
type Parsed<Part> = [NonNullable<Part>] extends [never] ? undefined : z.output<Extract<Part, Schema>>
/** What a caller may send for a part, before defaults and trimming. */
type Sent<Part> = [NonNullable<Part>] extends [never] ? undefined : z.input<Extract<Part, Schema>>

export type ParamsOf<E extends Endpoint> = Parsed<E['params']>
export type QueryOf<E extends Endpoint> = Parsed<E['query']>
export type BodyOf<E extends Endpoint> = Parsed<E['body']>
export type ResponseOf<E extends Endpoint> = z.output<E['response']>
export type SentParamsOf<E extends Endpoint> = Sent<E['params']>
export type SentQueryOf<E extends Endpoint> = Sent<E['query']>
export type SentBodyOf<E extends Endpoint> = Sent<E['body']>

/** Declares an endpoint and keeps its exact schema types. */
export function endpoint<
  Params extends Schema = never,
  Query extends Schema = never,
  Body extends Schema = never,
  Response extends Schema = never,
>(definition: Endpoint<Params, Query, Body, Response>): Endpoint<Params, Query, Body, Response> {
  return definition
}
