/** RFC 3986 encoding as both API signatures want it: everything but letters, digits and `-_.~`; space is %20, `*` is %2A. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** `k=v&…`, both encoded, sorted by name in code-unit order. */
export function canonicalQuery(params: Record<string, string>): string {
  return Object.keys(params)
    .toSorted()
    .map((name) => `${percentEncode(name)}=${percentEncode(params[name] ?? '')}`)
    .join('&')
}
