import { hash } from 'node:crypto'

/**
 * The identity of an event, as 32 hex digits: 128 bits of a digest of whose ids these are (a workspace, or `vendor`), the
 * CloudEvents `source` and `id`. The same three give the same key for ever. None of them may contain a NUL character.
 */
export function eventKey(scope: string, source: string, id: string): string {
  return hash('sha256', `${scope}\0${source}\0${id}`, 'hex').slice(0, 32)
}
