import type { Generated, JSONColumnType } from 'kysely'
import type {
  ActivationId,
  BillingAccountId,
  ConsoleAccountId,
  Id,
  InstanceId,
  WorkspaceId,
} from '../../contract/ids.ts'
import type { Language } from '../../contract/problems.ts'

/** Basic information between its step and the making of the accounts. */
export interface ActivationDraft {
  site: string
  username: string
  email: string
  phone: string | null
  passwordHash: string
}

export interface ActivationsTable {
  id: ActivationId
  source: 'hand-off' | 'website'
  instance_id: InstanceId | null
  path: 'new' | 'existing' | null
  site: string
  language: Language
  draft: JSONColumnType<ActivationDraft> | null
  billing_account_id: BillingAccountId | null
  console_account_id: ConsoleAccountId | null
  workspace_id: WorkspaceId | null
  state: Generated<'open' | 'done'>
  created_at: Date
  done_at: Date | null
}

export interface ActivationBrowsersTable {
  id: Id<'activationBrowser'>
  token_hash: string
  activation_id: ActivationId
  proven_subject: string | null
  console_account_id: ConsoleAccountId | null
  created_at: Date
  expires_at: Date
}

export interface ActivationTables {
  activations: ActivationsTable
  activation_browsers: ActivationBrowsersTable
}
