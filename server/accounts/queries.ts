import type { Kysely, Selectable } from 'kysely'
import type { BillingAccountId, CloudAccountId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { CloudAccountsTable, CompaniesTable } from './tables.ts'

export type CompanyRow = Selectable<CompaniesTable>
export type CloudAccountRow = Selectable<CloudAccountsTable>

type Db = Kysely<Database>

export async function selectCompany(db: Db, id: BillingAccountId): Promise<CompanyRow | undefined> {
  return db.selectFrom('companies').selectAll().where('billing_account_id', '=', id).executeTakeFirst()
}

/** Inserts the company, or replaces all of its details. */
export async function upsertCompany(db: Db, row: CompanyRow): Promise<CompanyRow> {
  const { billing_account_id: _key, ...details } = row
  return db
    .insertInto('companies')
    .values(row)
    .onConflict((conflict) => conflict.column('billing_account_id').doUpdateSet(details))
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Inserts unless the marketplace's account is known; undefined then. */
export async function insertCloudAccount(db: Db, row: CloudAccountRow): Promise<CloudAccountRow | undefined> {
  return db
    .insertInto('cloud_accounts')
    .values(row)
    .onConflict((conflict) => conflict.columns(['marketplace', 'account_ref']).doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function selectCloudAccountByRef(
  db: Db,
  marketplace: string,
  accountRef: string,
): Promise<CloudAccountRow | undefined> {
  return db
    .selectFrom('cloud_accounts')
    .selectAll()
    .where('marketplace', '=', marketplace)
    .where('account_ref', '=', accountRef)
    .executeTakeFirst()
}

export async function selectCloudAccount(db: Db, id: CloudAccountId): Promise<CloudAccountRow | undefined> {
  return db.selectFrom('cloud_accounts').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Gives the cloud account to a Billing Center account where nobody holds it; false otherwise. */
export async function updateCloudAccountHolder(
  db: Db,
  id: CloudAccountId,
  holder: { billingAccountId: BillingAccountId; at: Date },
): Promise<boolean> {
  const result = await db
    .updateTable('cloud_accounts')
    .set({ billing_account_id: holder.billingAccountId, bound_at: holder.at })
    .where('id', '=', id)
    .where('billing_account_id', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
