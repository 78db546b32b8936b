import type { Generated, JSONColumnType } from 'kysely'
import type { Id, InstanceId } from '../../contract/ids.ts'
import type { PushState } from '../../contract/settlement.ts'

export interface UsageRecordsTable {
  id: Id<'usageRecord'>
  instance_id: InstanceId
  marketplace: string
  product_code: string
  granularity: 'hourly' | 'daily'
  dimension: string
  item: string
  meter: string | null
  currency: string | null
  period_from: Date
  period_until: Date
  deadline: Date
  seal_at: Date
  measured: Generated<string>
  carried_in: Generated<string | null>
  unit: Generated<string | null>
  units: Generated<string | null>
  carried_out: Generated<string | null>
  state: Generated<PushState>
  send_after: Date
  alone: Generated<boolean>
  attempts: Generated<number>
  call_id: Generated<Id<'push'> | null>
  code: Generated<string | null>
  message: Generated<string | null>
  warned_at: Generated<Date | null>
  opened_at: Date
  sealed_at: Generated<Date | null>
  ended_at: Generated<Date | null>
  uncollected: Generated<'waived' | 'to_debt' | null>
}

export interface UsageContributionsTable {
  record_id: Id<'usageRecord'>
  source: string
  instance_id: InstanceId
  dimension: string
  item: string
  quantity: string
  updated_at: Date
}

export interface UsageCarriesTable {
  instance_id: InstanceId
  dimension: string
  item: string
  carried: Generated<string>
  updated_at: Date
}

export interface PushTurnsTable {
  instance_id: InstanceId
  last_call_at: Date | null
}

export interface PushCallsTable {
  id: Id<'push'>
  marketplace: string
  product_code: string
  started_at: Date
  finished_at: Generated<Date | null>
  request: JSONColumnType<unknown[]>
}

export interface PushCallRecordsTable {
  call_id: Id<'push'>
  record_id: Id<'usageRecord'>
  verdict: Generated<'accepted' | 'duplicate' | 'rejected' | 'retry' | 'unknown' | null>
  code: Generated<string | null>
  message: Generated<string | null>
  receipt: Generated<string | null>
}

export interface StatementLinesTable {
  marketplace: string
  product_code: string
  instance_ref: string
  dimension: string
  item: string
  /** The marketplace's day, `2026-03-10`. */
  day: string
  accepted: string
  billed: string
  amount: string
  currency: string
  source: 'marketplace' | 'import'
  read_at: Date
}

export interface ReconciliationsTable {
  marketplace: string
  product_code: string
  day: string
  ran_at: Date
  stated: boolean
  pushed: string
  accepted: string
  billed: string | null
  differences: number
}

export interface SettlementDifferencesTable {
  id: Id<'difference'>
  marketplace: string
  product_code: string
  instance_ref: string
  dimension: string
  item: string
  day: string
  kind: string
  ours: string
  theirs: string
  record_id: Id<'usageRecord'> | null
  first_seen_at: Date
  last_seen_at: Date
  gone_at: Generated<Date | null>
}

export interface MeteredBillsTable {
  bill_id: Id<'dailyBill'>
  instance_id: InstanceId
  amount: string
  unreported: string
  taken_up_at: Date
  settled_at: Generated<Date | null>
  collected: Generated<string | null>
  waived: Generated<string | null>
  uncollected: Generated<string | null>
}

export interface MeteredBillPartsTable {
  bill_id: Id<'dailyBill'>
  instance_id: InstanceId
  record_id: Id<'usageRecord'>
  amount: string
  uncollected: Generated<string | null>
}

export interface SettlementTables {
  usage_records: UsageRecordsTable
  usage_contributions: UsageContributionsTable
  usage_carries: UsageCarriesTable
  push_turns: PushTurnsTable
  push_calls: PushCallsTable
  push_call_records: PushCallRecordsTable
  statement_lines: StatementLinesTable
  reconciliations: ReconciliationsTable
  settlement_differences: SettlementDifferencesTable
  metered_bills: MeteredBillsTable
  metered_bill_parts: MeteredBillPartsTable
}
