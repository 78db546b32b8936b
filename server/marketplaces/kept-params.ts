import type { Params } from './connector.ts'

/** Names under which marketplaces send what proves a message. */
const secretNames = new Set(['token', 'signature'])

/** Parameters as they are kept: as they came, but for what proves them, and for NUL, which the database cannot hold. */
export function keptParams(params: Params): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      withoutNul(name),
      secretNames.has(name) ? '[redacted]' : withoutNul(value),
    ]),
  )
}

function withoutNul(text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}
