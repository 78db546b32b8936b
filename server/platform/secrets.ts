import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A random token for a cookie or link: 256 bits, URL-safe. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a token: its hash. Tokens are random, so a plain digest suffices. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Keyed hash of parts, e.g. of a code bound to its row; the parts cannot be shifted into one another. */
export function keyedHash(secret: string, ...parts: string[]): string {
  return createHmac('sha256', secret).update(JSON.stringify(parts)).digest('hex')
}

/** Compares two texts in constant time for equal lengths. */
export function sameText(left: string, right: string): boolean {
  const leftHash = createHash('sha256').update(left).digest()
  const rightHash = createHash('sha256').update(right).digest()
  return timingSafeEqual(leftHash, rightHash)
}
