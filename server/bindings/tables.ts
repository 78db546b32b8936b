import type { Generated } from 'kysely'
import type { BillingAccountId, InstanceId, WorkspaceId } from '../../contract/ids.ts'

export interface BindingsTable {
  workspace_id: WorkspaceId
  billing_account_id: BillingAccountId
  instance_id: InstanceId | null
  bound_at: Date
  settlement_since: Date
}

export interface SettlementChangesTable {
  id: Generated<string>
  workspace_id: WorkspaceId
  from_instance_id: InstanceId | null
  to_instance_id: InstanceId | null
  first_binding: boolean
  changed_at: Date
}

export interface BindingsTables {
  bindings: BindingsTable
  settlement_changes: SettlementChangesTable
}
