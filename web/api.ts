import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Endpoint } from '../contract/endpoint.ts'
import { type FieldProblem, type Language, type ProblemCode, problems } from '../contract/problems.ts'

type Schema = z.ZodType
type Given<S> = [S] extends [never] ? undefined : S extends Schema ? z.input<S> : undefined
type Demanded<All> = {
  [Key in keyof All as All[Key] extends undefined ? never : Key]: All[Key]
}

/** What a call to an endpoint needs: its `params`, `query` and `body`, each only where the endpoint has one. */
export type CallInput<P, Q, B> = Demanded<{ params: Given<P>; query: Given<Q>; body: Given<B> }>
type Args<P, Q, B> = keyof CallInput<P, Q, B> extends never ? [] : [input: CallInput<P, Q, B>]

/** Besides the server's own codes: `offline` when no answer came, `unexpected` when the answer was not ours. */
export type ApiProblemCode = ProblemCode | 'offline' | 'unexpected'

/** Every way a call can fail, as one shape the screens can show. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: ApiProblemCode
  readonly status: number
  readonly details: Record<string, string | number>
  readonly fields: readonly FieldProblem[]
  readonly requestId: string | null

  constructor(given: {
    code: ApiProblemCode
    message: string
    status: number
    details?: Record<string, string | number>
    fields?: readonly FieldProblem[]
    requestId?: string | null
  }) {
    super(given.message)
    this.code = given.code
    this.status = given.status
    this.details = given.details ?? {}
    this.fields = given.fields ?? []
    this.requestId = given.requestId ?? null
  }
}

/** Whether a thrown value is a failed call with one of these codes. */
export function isProblem(thrown: unknown, ...codes: ApiProblemCode[]): thrown is ApiProblem {
  return thrown instanceof ApiProblem && (codes.length === 0 || codes.includes(thrown.code))
}

/** What fits into a URL. */
type Plain = Record<string, string | number | undefined | null>

interface Parts {
  params?: unknown
  query?: unknown
  body?: unknown
}

/** URL of a call: path parameters filled in and encoded, query appended without empty values. */
export function urlOf(endpoint: Pick<Endpoint, 'path' | 'name'>, input: Parts = {}): string {
  const params = (input.params ?? {}) as Plain
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    if (params[name] === undefined) throw new Error(`${endpoint.name} needs the path parameter ${name}`)
    return encodeURIComponent(String(params[name]))
  })
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries((input.query ?? {}) as Plain)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  }
  return query.size > 0 ? `${path}?${query}` : path
}

/** Reads a refused answer. Bodies that are not ours (a proxy's page) become `unexpected` with the status. */
export function problemFrom(status: number, body: unknown): ApiProblem {
  const said = (body as { error?: Record<string, unknown> } | null)?.error
  const code = said?.['code']
  if (typeof code !== 'string' || !(code in problems)) {
    return new ApiProblem({ code: 'unexpected', status, message: `Unexpected answer (${status})`, details: { status } })
  }
  return new ApiProblem({
    code: code as ProblemCode,
    status,
    message: typeof said?.['message'] === 'string' ? said['message'] : code,
    details: (said?.['details'] ?? {}) as Record<string, string | number>,
    fields: Array.isArray(said?.['fields']) ? (said['fields'] as FieldProblem[]) : [],
    requestId: typeof said?.['requestId'] === 'string' ? said['requestId'] : null,
  })
}

/** Language every call asks for; set by `language.ts` so that this file knows no catalogue. */
let language: Language = 'en'
export function speak(chosen: Language): void {
  language = chosen
}

/** The activation this tab shows; another tab may have begun a different one since. */
let activationShown: string | null = null
export function showActivation(activationId: string): void {
  activationShown = activationId
}

/** Told of every call that was refused because nobody is signed in (any more). */
let whenSignedOut: () => void = () => {}
export function onSignedOut(listener: () => void): void {
  whenSignedOut = listener
}

async function send(endpoint: Endpoint, input: Parts, signal?: AbortSignal): Promise<unknown> {
  const writes = endpoint.method !== 'GET'
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language }
  // A form on another site cannot set this header; the server refuses writes without it.
  if (writes) headers['x-purser-request'] = '1'
  // What was typed for one purchase must not land in another that a second tab took up: the server refuses it.
  if (writes && activationShown !== null && endpoint.access.who === 'activation') {
    headers['x-purser-activation'] = activationShown
  }
  if (input.body !== undefined) headers['content-type'] = 'application/json'
  let answer: Response
  try {
    answer = await fetch(urlOf(endpoint, input), {
      method: endpoint.method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers,
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (thrown) {
    if (signal?.aborted) throw thrown
    throw new ApiProblem({ code: 'offline', status: 0, message: 'No answer' })
  }
  const text = await answer.text()
  let body: unknown = null
  try {
    body = text === '' ? null : JSON.parse(text)
  } catch {
    throw problemFrom(answer.status, null)
  }
  if (!answer.ok) {
    const problem = problemFrom(answer.status, body)
    if (problem.code === 'signed_out') whenSignedOut()
    throw problem
  }
  return body
}

/** Calls an endpoint of the contract. Throws `ApiProblem` for every failure, foreseen or not. */
export async function call<P extends Schema, Q extends Schema, B extends Schema, R extends Schema>(
  endpoint: Endpoint<P, Q, B, R>,
  ...[input]: Args<P, Q, B>
): Promise<z.output<R>> {
  // The server checked the answer against this very schema; here only the type is needed.
  return (await send(endpoint as unknown as Endpoint, input ?? {})) as z.output<R>
}

/** Key of an endpoint's answers in the cache. Without input: of all its answers, for refreshing. */
export function keyOf(endpoint: Pick<Endpoint, 'name'>, input?: object): readonly unknown[] {
  return input === undefined ? [endpoint.name] : [endpoint.name, input]
}

/** Query options of a GET endpoint: `useQuery(ask(readWorkspace, { params: { workspaceId } }))`. */
export function ask<P extends Schema, Q extends Schema, B extends Schema, R extends Schema>(
  endpoint: Endpoint<P, Q, B, R>,
  ...[input]: Args<P, Q, B>
) {
  return queryOptions({
    queryKey: keyOf(endpoint, input ?? {}),
    queryFn: async ({ signal }) => (await send(endpoint as unknown as Endpoint, input ?? {}, signal)) as z.output<R>,
  })
}

/** Query options of a paged list; each next page is asked for by the cursor of the one before. */
export function askPages<P extends Schema, Q extends Schema, B extends Schema, Item>(
  endpoint: Endpoint<P, Q, B, z.ZodType<{ items: Item[]; nextCursor: string | null }>>,
  input: { params?: Given<P>; query?: Given<Q> } = {},
) {
  return infiniteQueryOptions({
    queryKey: [...keyOf(endpoint, input), 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...(input.query as object | undefined), cursor: pageParam }
      const page = await send(endpoint as unknown as Endpoint, { params: input.params, query }, signal)
      return page as { items: Item[]; nextCursor: string | null }
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}
