/** Hides an e-mail so that its owner knows it again and nobody else learns it: `li.wei@acme.cn` → `l•••@acme.cn`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  if (at < 1) return '•••'
  return `${firstCharacter(email)}•••${email.slice(at)}`
}

/** Hides a username the same way: `li.wei` → `l•••`. Always three dots: the length is nobody's business. */
export function maskUsername(username: string): string {
  return `${firstCharacter(username)}•••`
}

function firstCharacter(text: string): string {
  const first = text.codePointAt(0)
  return first === undefined ? '' : String.fromCodePoint(first)
}
