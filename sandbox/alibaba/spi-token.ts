import { createHash } from 'node:crypto'

/** Name and value of one parameter, decoded. */
export type Parameter = readonly [name: string, value: string]

/**
 * The token of an SPI call: every parameter but `token`, decoded, sorted by name in code-unit order (upper case before lower),
 * joined as `k=v&…`, then `&key=<security key>`; MD5 of its UTF-8 bytes in lower-case hex. Source: SPI guide, "token".
 */
export function spiToken(params: readonly Parameter[], securityKey: string): string {
  return createHash('md5').update(spiSigningText(params, securityKey), 'utf8').digest('hex')
}

function spiSigningText(params: readonly Parameter[], securityKey: string): string {
  const pairs = params
    .filter(([name]) => name !== 'token')
    .toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
  return `${pairs.join('&')}&key=${securityKey}`
}
