/** `next` of a URL as a path of this web; the fallback when it would lead anywhere else, for it may come from a stranger's link. */
export function localPath(next: string | undefined, fallback: string): string {
  const local = next !== undefined && /^\/(?![/\\])/.test(next) && !/[\\\s]/.test(next)
  return local ? next : fallback
}
