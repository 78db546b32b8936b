import type { BillingAccountId, ConsoleAccountId, Id, OperatorId } from '../../contract/ids.ts'
import type { Language } from '../../contract/problems.ts'

export interface ConsoleAccountsTable {
  id: ConsoleAccountId
  site: string
  username: string
  email: string
  password_hash: string
  phone: string | null
  language: Language
  created_at: Date
}

export interface BillingAccountsTable {
  id: BillingAccountId
  username: string
  email: string
  password_hash: string
  phone: string | null
  language: Language
  currency: 'CNY' | 'USD'
  created_at: Date
}

export interface OperatorsTable {
  id: OperatorId
  username: string
  name: string
  password_hash: string
  disabled_at: Date | null
  created_at: Date
}

export interface SessionsTable {
  id: Id<'session'>
  token_hash: string
  realm: 'console' | 'billing' | 'operator'
  account_id: string
  site: string | null
  created_at: Date
  last_seen_at: Date
  expires_at: Date
  ended_at: Date | null
  ip: string | null
  user_agent: string | null
}

export interface VerificationCodesTable {
  id: Id<'code'>
  purpose: string
  address: string
  scope: string
  code_hash: string
  tries: number
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

export interface TermsAcceptancesTable {
  account_id: string
  version: string
  accepted_at: Date
  ip: string | null
}

export interface IdentityTables {
  console_accounts: ConsoleAccountsTable
  billing_accounts: BillingAccountsTable
  operators: OperatorsTable
  sessions: SessionsTable
  verification_codes: VerificationCodesTable
  terms_acceptances: TermsAcceptancesTable
}
