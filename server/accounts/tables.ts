import type { BillingAccountId, CloudAccountId } from '../../contract/ids.ts'

export interface CompaniesTable {
  billing_account_id: BillingAccountId
  name: string
  industry: string | null
  region: string | null
  introduction: string | null
  contact_name: string | null
  updated_at: Date
}

export interface CloudAccountsTable {
  id: CloudAccountId
  marketplace: string
  account_ref: string
  billing_account_id: BillingAccountId | null
  bound_at: Date | null
  created_at: Date
}

export interface AccountsTables {
  companies: CompaniesTable
  cloud_accounts: CloudAccountsTable
}
