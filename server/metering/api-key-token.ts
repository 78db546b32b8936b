import { keyedHash } from '../platform/secrets.ts'

/** How every token begins, so that scanners for leaked secrets can tell it. */
export const tokenPrefix = 'purser_'

/**
 * The token of a key: derived from the key's id, so that a creation repeated with its request key answers the same token,
 * though only its digest is stored.
 */
export function apiKeyToken(secret: string, apiKeyId: string): string {
  return `${tokenPrefix}${Buffer.from(keyedHash(secret, 'api-key', apiKeyId), 'hex').toString('base64url')}`
}

/** What is shown of a token later. */
export function tokenBeginning(token: string): string {
  return token.slice(0, tokenPrefix.length + 6)
}
