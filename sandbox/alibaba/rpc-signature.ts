import { createHmac } from 'node:crypto'
import { canonicalQuery, percentEncode } from './percent-encode.ts'

/**
 * `Signature` of an RPC V1 call: base64 HMAC-SHA1 over `METHOD&%2F&enc(canonical query)` with the secret and a `&`.
 * `params` are all parameters of query and form but `Signature`, decoded. Source: "Request structure and signature of RPC APIs".
 */
export function rpcSignature(call: { method: string; params: Record<string, string>; secret: string }): string {
  const { Signature: _, ...signed } = call.params
  const text = `${call.method}&${percentEncode('/')}&${percentEncode(canonicalQuery(signed))}`
  return createHmac('sha1', `${call.secret}&`).update(text, 'utf8').digest('base64')
}
