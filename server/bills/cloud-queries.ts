import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Id, InstanceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { CloudAmount, CloudCharge } from './cloud-share.ts'

/** Amounts bills leave to clouds, of some bills or of all issued since an instant, in the order they were issued. */
export async function selectCloudAmounts(
  db: Kysely<Database>,
  of: { billIds: readonly Id<'dailyBill'>[] } | { since: Date },
): Promise<CloudAmount[]> {
  const query = db
    .selectFrom('bill_cloud_amounts')
    .innerJoin('daily_bills', 'daily_bills.id', 'bill_cloud_amounts.bill_id')
    .select([
      'daily_bills.id as billId',
      'daily_bills.billing_account_id as billingAccountId',
      'bill_cloud_amounts.instance_id as instanceId',
      'daily_bills.site',
      'daily_bills.day',
      'daily_bills.currency',
      'bill_cloud_amounts.amount',
    ])
    .orderBy('daily_bills.number')
    .orderBy('bill_cloud_amounts.instance_id')
  return 'since' in of
    ? query.where('daily_bills.issued_at', '>=', of.since).execute()
    : query.where('daily_bills.id', 'in', [...of.billIds]).execute()
}

/** What the lines of a bill took from an instance's cloud, or gave back to it, by workspace, meter and day of the usage. */
export async function selectCloudCharges(
  db: Kysely<Database>,
  of: { billId: Id<'dailyBill'>; instanceId: InstanceId },
): Promise<CloudCharge[]> {
  const { rows } = await sql<CloudCharge>`
    select l.workspace_id as "workspaceId", l.meter, l.kind, l.usage_day as "usageDay",
      sum(case when l.amount < 0 then -1 else 1 end * (part ->> 'amount')::numeric) as amount
    from bill_lines l cross join lateral json_array_elements(l.parts) as part
    where l.bill_id = ${of.billId} and part -> 'source' ->> 'kind' = 'cloud_receivable'
      and part -> 'source' ->> 'instanceId' = ${of.instanceId}
    group by 1, 2, 3, 4
    order by 1, 4, 2, 3`.execute(db)
  return rows
}
