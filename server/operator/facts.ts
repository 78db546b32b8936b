import type { OperatorRecord } from '../../contract/operator.ts'

export type Fact = OperatorRecord['facts'][number]

/** Facts by how they are shown; nothing where there is nothing to say. */
const factOf = (is: Fact['is']) => (name: Fact['name'], value: string | null) =>
  value === null ? null : { name, value, is }

/** Words people typed. */
export const text = factOf('text')
/** One of a few words of ours, which a screen says in the reader's language. */
export const code = factOf('code')
/** An id somebody else gave. */
export const ref = factOf('ref')

export function instant(name: Fact['name'], value: Date | null): Fact | null {
  return value === null ? null : { name, value: value.toISOString(), is: 'instant' }
}
