import type { FastifyInstance, InjectOptions } from 'fastify'
import type { Endpoint, ResponseOf, SentBodyOf, SentParamsOf, SentQueryOf } from '../contract/endpoint.ts'
import type { ProblemBody } from '../contract/problems.ts'

/** What an endpoint wants, and only that. */
export type Sending<E extends Endpoint> = ([SentParamsOf<E>] extends [undefined]
  ? object
  : { params: SentParamsOf<E> }) &
  ([SentBodyOf<E>] extends [undefined] ? object : { body: SentBodyOf<E> }) &
  ([SentQueryOf<E>] extends [undefined] ? object : { query?: SentQueryOf<E> })

export interface Answer {
  status: number
  body: unknown
  headers: Record<string, string | string[] | number | undefined>
}

export interface TestBrowser {
  cookies: Map<string, string>
  /** Calls an endpoint and expects success; throws with the problem otherwise. */
  call<E extends Endpoint>(endpoint: E, sending: Sending<E>): Promise<ResponseOf<E>>
  /** Calls an endpoint and expects it to be refused; returns the problem. */
  refused<E extends Endpoint>(endpoint: E, sending: Sending<E>): Promise<ProblemBody['error'] & { status: number }>
  /** Calls an endpoint and returns whatever it answered. */
  send<E extends Endpoint>(endpoint: E, sending: Sending<E>): Promise<Answer>
  /** Follows a link as a person would, without scripts; redirects are returned, not followed. */
  open(url: string): Promise<{ status: number; location: string | undefined; text: string }>
}

/** A browser without a screen: keeps cookies, and sends what our own pages send. `ip` is what rate limits count on. */
export function testBrowser(app: FastifyInstance, { ip = '192.0.2.1', language = 'en' } = {}): TestBrowser {
  const cookies = new Map<string, string>()

  async function request(options: InjectOptions) {
    const response = await app.inject({
      ...options,
      remoteAddress: ip,
      headers: {
        'accept-language': language,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...options.headers,
      },
    })
    for (const cookie of response.cookies) {
      const forgotten = cookie.value === '' || cookie.expires?.getTime() === 0
      if (forgotten) cookies.delete(cookie.name)
      else cookies.set(cookie.name, cookie.value)
    }
    return response
  }

  async function send<E extends Endpoint>(endpoint: E, sending: Sending<E>): Promise<Answer> {
    const { params = {}, query = {}, body } = sending as Parts
    const response = await request({
      method: endpoint.method,
      url: addressOf(endpoint.path, params),
      query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])),
      headers: { 'x-purser-request': '1' },
      ...(body !== undefined && { payload: body }),
    })
    return { status: response.statusCode, body: response.json(), headers: response.headers }
  }

  return {
    cookies,
    send,
    async call(endpoint, sending) {
      const answer = await send(endpoint, sending)
      if (answer.status !== 200) throw new Error(`${endpoint.name}: ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body as ResponseOf<typeof endpoint>
    },
    async refused(endpoint, sending) {
      const answer = await send(endpoint, sending)
      if (answer.status < 400) throw new Error(`${endpoint.name} was not refused: ${JSON.stringify(answer.body)}`)
      return { ...(answer.body as ProblemBody).error, status: answer.status }
    },
    async open(url) {
      const response = await request({ method: 'GET', url })
      const { location } = response.headers
      return {
        status: response.statusCode,
        location: typeof location === 'string' ? location : undefined,
        text: response.body,
      }
    },
  }
}

interface Parts {
  params?: Record<string, string>
  body?: object
  query?: Record<string, unknown>
}

function addressOf(path: string, params: Record<string, string>): string {
  return path.replace(/:(\w+)/g, (_colon, name: string) => encodeURIComponent(params[name] ?? ''))
}
