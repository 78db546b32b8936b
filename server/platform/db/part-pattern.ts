/**
 * What `ilike` takes to find a text as any part of a word, its signs meaning themselves. One or two characters are found only where a
 * word begins with them: an index of parts knows none shorter than three, and reading whole tables for them would be slow for everybody.
 */
export function partPattern(text: string): string {
  const itself = text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)
  return Array.from(text).length < 3 ? `${itself}%` : `%${itself}%`
}
