import type { InstanceId } from '../../contract/ids.ts'
import type { MeterRules } from '../marketplaces/connector.ts'

/** A sealed record as far as it matters for when and with which others it is sent. */
export interface Sendable {
  id: string
  instanceId: InstanceId
  marketplace: string
  productCode: string
  deadline: Date
  /** In a call of its own. */
  alone: boolean
}

/**
 * Puts sealed records into calls: at most `recordsPerCall` each, of one product, soonest deadline first; an instance is in one call
 * only, with as many of its records as fit, because it has one turn per `secondsBetweenCalls`. What does not fit waits for its
 * instance's next turn. `lastCallAt` is each instance's last turn. Pure; the order of the input does not matter.
 */
export function planCalls<Record extends Sendable>(
  records: readonly Record[],
  of: { rules: MeterRules; lastCallAt: ReadonlyMap<InstanceId, Date>; now: Date },
): Record[][] {
  const resting = (id: InstanceId) => {
    const last = of.lastCallAt.get(id)
    return last !== undefined && of.now.getTime() < last.getTime() + of.rules.secondsBetweenCalls * 1000
  }
  const calls: Record[][] = []
  const turnOf = new Map<InstanceId, Record[]>()
  for (const record of records.toSorted(bySoonest)) {
    if (resting(record.instanceId)) continue
    const turn = turnOf.get(record.instanceId)
    const call = turn ?? (record.alone ? undefined : calls.find((open) => mayJoin(open, record, of.rules)))
    if (call === undefined) {
      calls.push([record])
      turnOf.set(record.instanceId, calls[calls.length - 1] ?? [])
    } else if (mayJoin(call, record, of.rules)) {
      call.push(record)
      turnOf.set(record.instanceId, call)
    }
  }
  return calls
}

function mayJoin(call: readonly Sendable[], record: Sendable, rules: MeterRules): boolean {
  const [first] = call
  if (first === undefined || first.alone || record.alone || call.length >= rules.recordsPerCall) return false
  return (
    first.marketplace === record.marketplace && (!rules.oneProductPerCall || first.productCode === record.productCode)
  )
}

function bySoonest(a: Sendable, b: Sendable): number {
  return a.deadline.getTime() - b.deadline.getTime() || (a.id < b.id ? -1 : 1)
}
