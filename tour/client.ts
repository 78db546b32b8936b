import type { Endpoint, ResponseOf, SentBodyOf, SentParamsOf, SentQueryOf } from '../contract/endpoint.ts'

/** A browser without a screen: keeps cookies and calls endpoints of the contract as our own pages do. */
export interface Client {
  /** Follows a link such as Direct Login to its end. Throws when the end is a refusal. */
  open(url: string): Promise<void>
  /** Calls an endpoint. Throws with the refusal's words. */
  call<E extends Endpoint>(endpoint: E, input?: CallInput<E>): Promise<ResponseOf<E>>
}

interface CallInput<E extends Endpoint> {
  params?: SentParamsOf<E>
  query?: SentQueryOf<E>
  body?: SentBodyOf<E>
}

export function newClient(origin: string): Client {
  const cookies = new Map<string, string>()
  const send = async (
    url: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...init.headers, ...(cookie ? { cookie } : {}), 'x-purser-request': '1', origin }
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) keep(cookies, line)
    return answer
  }
  return {
    async open(url) {
      let answer = await send(url)
      let at = url
      while (answer.status >= 300 && answer.status < 400) {
        at = new URL(answer.headers.get('location') ?? '', at).toString()
        answer = await send(at)
      }
      if (!answer.ok || at.includes('/refused')) throw new Error(`${url} led to ${at} (${answer.status})`)
    },
    async call(endpoint, input = {}) {
      const answer = await send(origin + urlOf(endpoint, input), {
        method: endpoint.method,
        headers: input.body ? { 'content-type': 'application/json' } : {},
        ...(input.body ? { body: JSON.stringify(input.body) } : {}),
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${endpoint.name} was refused (${answer.status}): ${text}`)
      return JSON.parse(text) as ResponseOf<typeof endpoint>
    },
  }
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const at = pair.indexOf('=')
  const name = pair.slice(0, at)
  if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) cookies.delete(name)
  else cookies.set(name, pair.slice(at + 1))
}

function urlOf(endpoint: Endpoint, { params, query }: { params?: unknown; query?: unknown }): string {
  const named = (params ?? {}) as Record<string, string>
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(named[name] ?? ''))
  const said = new URLSearchParams(
    Object.entries((query ?? {}) as Record<string, unknown>)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  )
  return said.size > 0 ? `${path}?${said}` : path
}
