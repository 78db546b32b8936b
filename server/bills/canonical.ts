import { createHash } from 'node:crypto'

/**
 * One text for one value: JSON without spaces, the keys of every object in code-unit order. Equal values give equal bytes, whatever
 * order they were put together in. Takes texts, whole numbers, booleans, null, lists and plain objects; throws TypeError for what
 * has no single text: fractions (write them as decimal text), NaN, undefined, dates.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`${value} has no canonical text: write it as decimal text`)
    return value.toString()
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    throw new TypeError(`${Object.prototype.toString.call(value)} has no canonical text`)
  }
  const entries = Object.entries(value).toSorted(([a], [b]) => compareTexts(a, b))
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`
}

/** SHA-256 of a text's UTF-8 bytes, 64 hex digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** Orders texts by code units: the same on every machine, whatever its language. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
