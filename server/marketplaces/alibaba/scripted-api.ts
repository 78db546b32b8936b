import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AlibabaSettings } from '../../config.ts'

/** One request as the vendor's API would see it. */
export interface ApiCall {
  action: string
  query: URLSearchParams
}

export type ApiAnswer =
  | { status: number; body: object | string }
  /** The connection is closed without an answer. */
  | 'hang up'
  /** Nothing is ever answered. */
  | 'silence'
  /** Headers, and half a body that never ends. */
  | 'half a body'

export interface ScriptedApi {
  settings: AlibabaSettings
  calls: ApiCall[]
  close(): Promise<void>
}

/** For tests: answers the official SDK on a local port with what the script says. */
export async function scriptedApi(script: (call: ApiCall) => ApiAnswer): Promise<ScriptedApi> {
  const calls: ApiCall[] = []
  const server = createServer((request, response) => {
    const call = { action: String(request.headers['x-acs-action']), query: queryOf(request) }
    calls.push(call)
    answer(response, script(call))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    settings: {
      spiKeys: ['scripted-spi-key'],
      accessKeyId: 'scripted-id',
      accessKeySecret: 'scripted-secret',
      endpoint: `127.0.0.1:${port}`,
      protocol: 'http',
      statementUrl: null,
    },
    calls,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function queryOf(request: IncomingMessage): URLSearchParams {
  return new URL(request.url ?? '/', 'http://localhost').searchParams
}

function answer(response: ServerResponse, said: ApiAnswer): void {
  if (said === 'silence') return
  if (said === 'hang up') {
    response.destroy()
    return
  }
  if (said === 'half a body') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"Success"')
    return
  }
  const body = typeof said.body === 'string' ? said.body : JSON.stringify(said.body)
  response.writeHead(said.status, { 'content-type': 'application/json' }).end(body)
}
