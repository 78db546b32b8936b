import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { BillingAccountId, Id, InstanceId, WorkspaceId } from '../../contract/ids.ts'
import type { LogMeter } from '../../contract/log-charging.ts'
import type { Currency } from '../../contract/money.ts'
import type { MeterCode } from '../metering/meters.ts'
import type { UnpricedUsage } from '../rating/rate-usage.ts'
import type { BillLine } from './bill-line.ts'
import type { FundSource } from './deduction.ts'
import type { LedgerAccount, LedgerEvent } from './ledger.ts'
import type { MonthlyBill } from './monthly.ts'
import type { ParkReason } from './plan-daily-bill.ts'

export interface LedgerTransactionsTable {
  id: Id<'ledgerTransaction'>
  number: GeneratedAlways<number>
  reference: string
  kind: LedgerEvent['kind']
  owner: BillingAccountId
  currency: Currency
  posted_at: Date
}

export interface LedgerAccountsTable {
  owner: BillingAccountId
  name: string
  currency: Currency
  kind: LedgerAccount['kind']
  about: string | null
  balance: string
}

export interface LedgerPostingsTable {
  transaction_id: Id<'ledgerTransaction'>
  owner: BillingAccountId
  account: string
  currency: Currency
  amount: string
}

export type VoucherKind = 'ordinary_voucher' | 'full_reduction_voucher'

export interface VouchersTable {
  id: Id<'voucher'>
  billing_account_id: BillingAccountId
  kind: VoucherKind
  currency: Currency
  amount: string
  note: string
  request_key: string
  granted_at: Date
  expires_at: Date
}

export interface PrepaidCardsTable {
  id: Id<'prepaidCard'>
  billing_account_id: BillingAccountId
  currency: Currency
  amount: string
  note: string
  request_key: string
  sold_at: Date
  expires_at: Date
}

export interface TopUpsTable {
  id: Id<'topUp'>
  billing_account_id: BillingAccountId
  currency: Currency
  amount: string
  provider: string
  state: 'started' | 'credited' | 'failed'
  provider_ref: string | null
  note: string
  request_key: string
  started_at: Date
  ended_at: Date | null
}

export interface BillingTermsTable {
  workspace_id: WorkspaceId
  from_day: string
  logs_by: LogMeter
}

export interface BillDaysTable {
  site: string
  day: string
  state: 'gathering' | 'closing' | 'closed'
  usage_cut: string
  started_at: Date
  closed_at: Generated<Date | null>
}

/** What a bill was paid with: an amount by kind of money, below zero where more went back. */
export type PaidByKind = { kind: FundSource['kind']; amount: string }[]

/** A part of a line's amount and what it came from, or went back to. */
export interface LinePart {
  source: FundSource
  amount: string
}

/** Written as text, so that what is read is what was written. */
type Json<Value> = ColumnType<Value, string, never>

export interface DailyBillsTable {
  id: Id<'dailyBill'>
  number: GeneratedAlways<number>
  billing_account_id: BillingAccountId
  site: string
  day: string
  currency: Currency
  total: string
  line_count: number
  usage_cut: string
  hash: string
  late: ColumnType<StoredLateDay[] | null, string | null, never>
  left_out: ColumnType<UnpricedUsage[] | null, string | null, never>
  paid_by: Json<PaidByKind>
  issued_at: Date
}

/** A late day as kept with the bill that adjusts it. */
export interface StoredLateDay {
  day: string
  usage: { workspaceId: string; meter: MeterCode; retentionDays: number | null; quantity: string }[]
  billed: { workspaceId: string; meter: MeterCode; retentionDays: number | null; quantity: string; amount: string }[]
  workspaceIds: string[]
}

export interface BillLinesTable {
  bill_id: Id<'dailyBill'>
  position: number
  workspace_id: WorkspaceId
  meter: MeterCode
  retention_days: number | null
  kind: BillLine['kind']
  usage_day: string
  quantity: string
  amount: string
  line: Json<BillLine>
  parts: Json<LinePart[]>
}

export interface BillCloudAmountsTable {
  bill_id: Id<'dailyBill'>
  instance_id: InstanceId
  amount: string
}

export interface PayerDaysTable {
  site: string
  day: string
  billing_account_id: BillingAccountId
  state: 'open' | 'issued' | 'nothing' | 'parked'
  reasons: ColumnType<StoredParkReason[] | null, string | null | undefined, string | null>
  bill_id: Generated<Id<'dailyBill'> | null>
  changed_at: Date
}

/** Why a bill is parked, as kept. */
export type StoredParkReason =
  | ParkReason
  | { reason: 'no_price_book'; currency: Currency }
  | { reason: 'cannot_be_computed'; message: string }

export interface MonthlyBillsTable {
  id: Id<'monthlyBill'>
  billing_account_id: BillingAccountId
  site: string
  month: string
  currency: Currency
  total: string
  hash: string
  bill: Json<MonthlyBill>
  issued_at: Date
}

export interface BillsTables {
  ledger_transactions: LedgerTransactionsTable
  ledger_accounts: LedgerAccountsTable
  ledger_postings: LedgerPostingsTable
  vouchers: VouchersTable
  prepaid_cards: PrepaidCardsTable
  top_ups: TopUpsTable
  billing_terms: BillingTermsTable
  bill_days: BillDaysTable
  daily_bills: DailyBillsTable
  bill_lines: BillLinesTable
  bill_cloud_amounts: BillCloudAmountsTable
  payer_days: PayerDaysTable
  monthly_bills: MonthlyBillsTable
}
