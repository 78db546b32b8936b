import { createHash, timingSafeEqual } from 'node:crypto'
import type { Params } from '../connector.ts'

/**
 * Signs parameters as Alibaba Cloud Marketplace does ("SPI security scheme", help.aliyun.com/knowledge_list/147280.html):
 * every parameter but `token`, sorted by name in code-unit order (upper case first, as Java sorts), joined as `k=v` with `&`,
 * then `&key=` and the seller's security key; MD5 in lower-case hex. Values are signed decoded.
 */
export function spiToken(params: Params, key: string): string {
  const pairs = Object.keys(params)
    .filter((name) => name !== 'token')
    .toSorted(byCodeUnits)
    .map((name) => `${name}=${params[name]}`)
  return createHash('md5')
    .update([...pairs, `key=${key}`].join('&'), 'utf8')
    .digest('hex')
}

/**
 * Whether the parameters carry a token made with one of the live keys. Every key is tried and every comparison takes the
 * same time, so that an answer's delay tells nothing about the right token or about which key is live.
 */
export function tokenMatches(params: Params, keys: readonly string[]): boolean {
  const claimed = digest((params['token'] ?? '').toLowerCase())
  return keys.filter((key) => timingSafeEqual(digest(spiToken(params, key)), claimed)).length > 0
}

/** Tokens of any length become equally long before they are compared. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function byCodeUnits(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
