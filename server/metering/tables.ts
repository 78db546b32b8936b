import type { Generated, GeneratedAlways } from 'kysely'
import type { Id, WorkspaceId } from '../../contract/ids.ts'
import type { RetentionPolicy } from '../../contract/retention.ts'
import type { DayAggregation } from './meters.ts'

export interface UsageWorkspacesTable {
  number: GeneratedAlways<number>
  workspace_id: WorkspaceId
  site: string
  /** Since when its events and hours are being deleted, and when none was left. */
  erasing_since: Generated<Date | null>
  erased_at: Generated<Date | null>
}

export interface UsageSourcesTable {
  number: GeneratedAlways<number>
  scope: string
  source: string
}

export interface UsageMetersTable {
  number: GeneratedAlways<number>
  code: string
  aggregation: DayAggregation
}

export interface UsageEventsTable {
  key: string
  occurred_at: Date
  received_at: Date
  workspace: number
  day: string
  source: number
  meter: number
  retention: number
  quantity: string
  event_id: string
  item: string
}

export interface UsageCorrectionsTable {
  target: string
  key: string
  kind: 'void' | 'replace'
  source: number
  event_id: string
  received_at: Date
}

export interface UsageUnfoldedTable {
  batch: GeneratedAlways<number>
  workspaces: number[]
  days: string[]
  hours: number[]
  meters: number[]
  retentions: number[]
  added: string[]
  most: string[]
  events: number[]
  items: (string | null)[]
}

export interface UsageFoldTable {
  only_row: Generated<boolean>
  last_batch: number
}

export interface UsageDaysTable {
  workspace: number
  day: string
  meter: number
  retention: number
  quantity: string
  closed_quantity: Generated<string | null>
  events: number
}

export interface UsageHoursTable {
  workspace: number
  day: string
  meter: number
  retention: number
  hour: Date
  quantity: string
  events: number
}

export interface UsageItemsTable {
  workspace: number
  day: string
  meter: number
  retention: number
  item: string
  hour: Date
}

export interface ClosedDaysTable {
  site: string
  day: string
  closed_at: Date
  cut: string
}

export interface UsageLateDaysTable {
  workspace: number
  day: string
  marked_at: Date
}

export interface RetentionChoicesTable {
  workspace_id: WorkspaceId
  policy: RetentionPolicy
  days: number
  from_at: Date
  chosen_at: Date
}

export interface ApiKeysTable {
  id: Id<'apiKey'>
  workspace_id: WorkspaceId | null
  name: string
  scopes: Generated<string[]>
  token_hash: string
  begins_with: string
  request_key: string
  created_at: Date
  last_used_at: Generated<Date | null>
  expires_at: Generated<Date | null>
  revoked_at: Generated<Date | null>
}

export interface MeteringTables {
  usage_workspaces: UsageWorkspacesTable
  usage_sources: UsageSourcesTable
  usage_meters: UsageMetersTable
  usage_events: UsageEventsTable
  usage_corrections: UsageCorrectionsTable
  usage_unfolded: UsageUnfoldedTable
  usage_fold: UsageFoldTable
  usage_days: UsageDaysTable
  usage_hours: UsageHoursTable
  usage_items: UsageItemsTable
  closed_days: ClosedDaysTable
  usage_late_days: UsageLateDaysTable
  api_keys: ApiKeysTable
  retention_choices: RetentionChoicesTable
}
