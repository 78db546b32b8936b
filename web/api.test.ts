import { afterEach, describe, expect, it, vi } from 'vitest'
import { readWorkspace } from '../contract/workspaces.ts'
import { choosePath, readActivation } from '../contract/activation.ts'
import { ApiProblem, call, keyOf, problemFrom, showActivation, urlOf } from './api.ts'

const refusal = {
  error: {
    code: 'username_taken',
    message: 'This username is taken. Please choose another one.',
    details: { left: 3 },
    fields: [{ path: 'username', code: 'username_taken', message: 'taken' }],
    requestId: 'req-1',
  },
}

function answerWith(status: number, body: string) {
  const fetched = vi.fn((_url: string, _init: RequestInit) => Promise.resolve(new Response(body, { status })))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

afterEach(() => vi.unstubAllGlobals())

describe('an answer that refuses', () => {
  it('becomes a problem with its code, details, fields and request id', () => {
    const problem = problemFrom(409, refusal)
    expect(problem).toMatchObject({ code: 'username_taken', status: 409, details: { left: 3 }, requestId: 'req-1' })
    expect(problem.fields).toEqual(refusal.error.fields)
  })

  it('is called unexpected when it is not in our form, or its code is unknown', () => {
    expect(problemFrom(502, null)).toMatchObject({ code: 'unexpected', status: 502 })
    expect(problemFrom(400, { error: { code: 'no_such_code' } })).toMatchObject({ code: 'unexpected' })
    expect(problemFrom(400, 'nonsense')).toMatchObject({ code: 'unexpected' })
  })
})

describe('a call', () => {
  it('sends JSON with the header that another site cannot set', async () => {
    const fetched = answerWith(200, '{"step":"basic"}')
    await call(choosePath, { body: { path: 'new' } })
    const [url, init] = fetched.mock.calls[0] ?? []
    expect(url).toBe('/v1/activation/path')
    expect(init).toMatchObject({ method: 'PUT', credentials: 'same-origin', body: '{"path":"new"}' })
    expect(init?.headers).toMatchObject({
      'x-purser-request': '1',
      'content-type': 'application/json',
      'accept-language': 'en',
    })
  })

  it('of an activation says which one this tab shows, so that it never writes into another', async () => {
    const fetched = answerWith(200, '{}')
    showActivation('actv_1')
    await call(choosePath, { body: { path: 'new' } })
    await call(readActivation)
    const sent = fetched.mock.calls.map(([, init]) => (init.headers as Record<string, string>)['x-purser-activation'])
    expect(sent).toEqual(['actv_1', undefined])
  })

  it('reads without that header', async () => {
    const fetched = answerWith(200, '{}')
    await call(readActivation)
    expect(fetched.mock.calls[0]?.[1].headers).not.toHaveProperty('x-purser-request')
  })

  it('throws the refusal', async () => {
    answerWith(409, JSON.stringify(refusal))
    await expect(call(readActivation)).rejects.toMatchObject({ code: 'username_taken' })
  })

  it('says offline when no answer comes', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    await expect(call(readActivation)).rejects.toEqual(expect.objectContaining({ code: 'offline', status: 0 }))
  })

  it("does not take a proxy's page for an answer", async () => {
    answerWith(200, '<html>')
    await expect(call(readActivation)).rejects.toBeInstanceOf(ApiProblem)
  })
})

describe('a URL', () => {
  it('has its parameters filled in and encoded, and leaves empty query values out', () => {
    expect(
      urlOf(
        { name: 'x', path: '/v1/a/:id/b' },
        { params: { id: 'ü/1' }, query: { cursor: undefined, limit: 20, q: '' } },
      ),
    ).toBe('/v1/a/%C3%BC%2F1/b?limit=20')
  })

  it('is refused when a parameter is missing', () => {
    expect(() => urlOf(readWorkspace, {})).toThrow('workspaceId')
  })
})

describe('a cache key', () => {
  it('begins with the name of the endpoint, so that all its answers are refreshed at once', () => {
    expect(keyOf(readWorkspace)).toEqual(['readWorkspace'])
    expect(keyOf(readWorkspace, { params: { workspaceId: 'w' } })[0]).toBe('readWorkspace')
  })
})
