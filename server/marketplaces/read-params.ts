import type { Params } from './connector.ts'

/**
 * Reads a query string or form body into decoded parameters, as Java servlets see them, which the vendors' own samples are: `+` is a
 * space, the first of several with one name counts.
 */
export function readParams(text: string): Params {
  const first = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (!first.has(name)) first.set(name, value)
  }
  return Object.fromEntries(first)
}

/** The query string of a request URL, without its question mark. */
export function queryOf(url: string): string {
  const start = url.indexOf('?')
  return start < 0 ? '' : url.slice(start + 1)
}
