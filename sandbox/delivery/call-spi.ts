import type { Parameter } from '../alibaba/spi-token.ts'
import type { SpiResult } from './answer.ts'

const MOST_ANSWER_BYTES = 65_536

/** Calls the vendor's SPI once: parameters in the query string (GET) or as a form (POST). Never throws. */
export async function callSpi(call: {
  url: string
  method: 'GET' | 'POST'
  params: readonly Parameter[]
  timeoutMs: number
}): Promise<SpiResult> {
  const encoded = call.params
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
  const signal = AbortSignal.timeout(call.timeoutMs)
  try {
    const response =
      call.method === 'GET'
        ? await fetch(`${call.url}?${encoded}`, { signal, redirect: 'manual' })
        : await fetch(call.url, {
            method: 'POST',
            headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
            body: encoded,
            signal,
            redirect: 'manual',
          })
    return { kind: 'answered', httpStatus: response.status, body: await readStart(response) }
  } catch (error) {
    if (signal.aborted) return { kind: 'timeout' }
    return { kind: 'unreachable', reason: reasonOf(error) }
  }
}

async function readStart(response: Response): Promise<string> {
  if (!response.body) return ''
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body) {
    parts.push(part)
    length += part.byteLength
    if (length >= MOST_ANSWER_BYTES) break
  }
  return Buffer.concat(parts).subarray(0, MOST_ANSWER_BYTES).toString('utf8')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
