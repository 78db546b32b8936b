import type { Generated } from 'kysely'
import type { ConsoleAccountId, WorkspaceId } from '../../contract/ids.ts'
import type { Language } from '../../contract/problems.ts'
import type { Standing } from '../../contract/workspaces.ts'

export interface WorkspacesTable {
  id: WorkspaceId
  site: string
  name: string
  language: Language
  plan: Generated<'free' | 'commercial'>
  standing: Generated<Standing>
  countdown_ends_at: Date | null
  countdown_reason: 'instance_suspended' | 'instance_released' | 'arrears' | null
  /** When a locked one is dissolved. */
  dissolves_at: Date | null
  dissolution_told_at: Date | null
  dissolved_at: Date | null
  request_key: string | null
  created_by: ConsoleAccountId
  created_at: Date
}

export interface WorkspaceMembersTable {
  workspace_id: WorkspaceId
  console_account_id: ConsoleAccountId
  role: 'owner' | 'member'
  joined_at: Date
}

export interface WorkspacesTables {
  workspaces: WorkspacesTable
  workspace_members: WorkspaceMembersTable
}
