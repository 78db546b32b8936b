import type { Generated, JSONColumnType } from 'kysely'
import type { InstanceStatus } from '../../contract/accounts.ts'
import type { CloudAccountId, Id, InstanceId } from '../../contract/ids.ts'

/** What came of a notification. */
export type Verdict =
  | 'applied'
  | 'duplicate'
  | 'stale'
  | 'unknown_instance'
  | 'unknown_action'
  | 'rejected'
  | 'malformed'

export interface MarketplaceNotificationsTable {
  id: Id<'notification'>
  marketplace: string
  action: string
  params: JSONColumnType<Record<string, string>>
  dedupe_key: string | null
  instance_ref: string | null
  verdict: Verdict
  answer: JSONColumnType<Record<string, unknown>>
  received_at: Date
}

export interface MarketplaceInstancesTable {
  id: InstanceId
  marketplace: string
  instance_ref: string
  order_ref: string
  cloud_account_id: CloudAccountId
  product_code: string
  sku: string
  items: JSONColumnType<Record<string, string>>
  trial: Generated<boolean>
  status: Generated<InstanceStatus>
  expires_on: Date | null
  purchased_at: Date
  status_changed_at: Date
  confirmed_at: Date | null
  revision: Generated<number>
}

export interface HandoffsTable {
  fingerprint: string
  marketplace: string
  instance_id: InstanceId
  browser_id: Id<'activationBrowser'>
  used_at: Date
}

export interface MarketplacesTables {
  marketplace_notifications: MarketplaceNotificationsTable
  marketplace_instances: MarketplaceInstancesTable
  handoffs: HandoffsTable
}
