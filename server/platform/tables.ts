import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { Id } from '../../contract/ids.ts'
import type { Language } from '../../contract/problems.ts'
import type { EventKind } from '../events.ts'

export interface EventsTable {
  id: Id<'event'>
  kind: EventKind
  about: JSONColumnType<Record<string, string>>
  detail: JSONColumnType<Record<string, unknown>>
  at: Date
}

export interface AuditEntriesTable {
  id: Id<'audit'>
  event_id: Id<'event'>
  actor_kind: string
  actor_id: string | null
  request_id: string | null
  ip: string | null
  at: Date
  position: GeneratedAlways<string>
}

export interface MailsTable {
  id: Id<'mail'>
  template: string
  recipient: string | null
  language: Language
  params: JSONColumnType<Record<string, unknown>>
  created_at: Date
  sent_at: Date | null
  refusal: Generated<string | null>
}

export interface RateLimitsTable {
  key: string
  window_start: Date
  count: number
}

export interface ClockOffsetTable {
  only_row: Generated<boolean>
  milliseconds: number
}

export interface PlatformTables {
  events: EventsTable
  audit_entries: AuditEntriesTable
  mails: MailsTable
  rate_limits: RateLimitsTable
  clock_offset: ClockOffsetTable
}
