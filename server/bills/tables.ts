import type { Currency } from '../../contract/money.ts'
import type { BillingAccountId, Id } from '../../contract/ids.ts'
import type { LedgerAccount, LedgerEvent } from './ledger.ts'

export interface LedgerTransactionsTable {
  id: Id<'ledgerTransaction'>
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

export interface BillsTables {
  ledger_transactions: LedgerTransactionsTable
  ledger_accounts: LedgerAccountsTable
  ledger_postings: LedgerPostingsTable
}
