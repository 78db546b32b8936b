/**
 * After a navigation the new page's heading takes the focus, once. The page may still be loading when the URL changes, so the turn waits
 * here until a heading takes it. The first page of a visit leaves the focus where the browser puts it.
 */
let waiting: string | null = null

export function giveFocusTurn(path: string): void {
  waiting = path
}

export function takeFocusTurn(path: string): boolean {
  if (waiting !== path) return false
  waiting = null
  return true
}
