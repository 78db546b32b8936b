import type { Kysely } from 'kysely'
import type { Id } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { CloudAmount } from './cloud-amounts.ts'

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
