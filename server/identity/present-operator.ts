import type { OperatorAccount } from '../../contract/identity.ts'
import type { OperatorRow } from './queries.ts'

/** An operator as people at the desk see them. */
export function presentOperator(row: OperatorRow): OperatorAccount {
  return { id: row.id, username: row.username, name: row.name }
}
