import type { BillingAccountId, Id, InstanceId, WorkspaceId } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { MeterCode } from '../metering/meters.ts'
import type { BillLine } from './bill-line.ts'

/** What one bill leaves to one cloud instance. */
export interface CloudAmount {
  billId: Id<'dailyBill'>
  billingAccountId: BillingAccountId
  instanceId: InstanceId
  site: string
  /** The site's day the bill is for. */
  day: string
  currency: Currency
  /** Below zero where more went back to the cloud than it has to pay. */
  amount: string
}

/** What one bill leaves to one cloud instance for one meter of a workspace's usage of one day. */
export interface CloudCharge {
  workspaceId: WorkspaceId
  meter: MeterCode
  kind: BillLine['kind']
  /** The site's day of the usage: the bill's own, or the one an adjustment sets right. */
  usageDay: string
  /** Below zero where it went back to the cloud. */
  amount: string
}
