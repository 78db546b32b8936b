import type { BindingView } from './queries.ts'
import type { PaidBy } from './settlement-rules.ts'

/** What pays a workspace, read from its binding (none: nobody). */
export function paidBy(binding: BindingView | undefined): PaidBy {
  if (!binding) return { kind: 'nobody' }
  if (binding.instanceId === null || binding.instanceStatus === null) return { kind: 'balance' }
  return { kind: 'instance', instanceId: binding.instanceId, status: binding.instanceStatus }
}
