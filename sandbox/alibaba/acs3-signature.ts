import { createHash, createHmac } from 'node:crypto'
import { canonicalQuery } from './percent-encode.ts'

export interface Acs3Call {
  method: string
  path: string
  query: Record<string, string>
  /** By lower-case name. */
  headers: Record<string, string>
  /** Lower-case names, in the order of the Authorization header. */
  signedHeaders: readonly string[]
  /** Hex SHA-256 of the body's bytes. */
  payloadHash: string
  secret: string
}

/** Signature of an ACS3-HMAC-SHA256 call in hex. Source: "V3 request body and signature mechanism". */
export function acs3Signature(call: Acs3Call): string {
  const headers = call.signedHeaders.map((name) => `${name}:${(call.headers[name] ?? '').trim()}\n`).join('')
  const canonical = [
    call.method,
    call.path,
    canonicalQuery(call.query),
    headers,
    call.signedHeaders.join(';'),
    call.payloadHash,
  ].join('\n')
  const text = `ACS3-HMAC-SHA256\n${sha256Hex(canonical)}`
  return createHmac('sha256', call.secret).update(text, 'utf8').digest('hex')
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
