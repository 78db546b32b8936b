/**
 * What `ilike` takes to find a text as any part of a word, its signs meaning themselves. One or two characters are found only where a
 * word begins with them: an index of parts knows none shorter than three. Chinese ones are found anywhere all the same, though whole
 * tables are read for them: two of them are a word already, and stand in the middle of names.
 */
export function partPattern(text: string): string {
  const itself = text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)
  const anywhere = Array.from(text).length >= 3 || /\p{Script=Han}/u.test(text)
  return anywhere ? `%${itself}%` : `${itself}%`
}
