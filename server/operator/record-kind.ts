import { idPrefixes } from '../../contract/ids.ts'
import { recordKinds } from '../../contract/operator.ts'
import type { RecordKind } from '../../contract/operator.ts'

/** Which kind of record an id is of; null for what is no id, or of a kind the desk does not open. */
export function kindOfId(text: string): RecordKind | null {
  if (!/^[a-z]{4}_[0-9a-f]{32}$/.test(text)) return null
  return recordKinds.find((kind) => text.startsWith(`${idPrefixes[kind]}_`)) ?? null
}

/** Under which names events and audit rows speak of a kind of record. */
export function namesInEvents(kind: RecordKind): readonly string[] {
  switch (kind) {
    case 'dailyBill':
      return ['billId']
    case 'billingAccount':
    case 'consoleAccount':
      // Terms are accepted by either kind of account.
      return [`${kind}Id`, 'accountId']
    default:
      return [`${kind}Id`]
  }
}
