import { sql } from 'kysely'
import type { Insertable, Kysely, Selectable } from 'kysely'
import type { BillingAccountId, Id } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { Database } from '../database.ts'
import type { PrepaidCardsTable, TopUpsTable, VoucherKind, VouchersTable } from './tables.ts'

/* Writing down vouchers, cards and top-ups. */

type Db = Kysely<Database>

export type TopUpRow = Selectable<TopUpsTable>

/** Inserts a top-up, or answers with the one its payer's request key made before. */
export async function insertTopUp(db: Db, row: Insertable<TopUpsTable>): Promise<{ row: TopUpRow; fresh: boolean }> {
  const inserted = await db
    .insertInto('top_ups')
    .values(row)
    .onConflict((conflict) => conflict.columns(['billing_account_id', 'request_key']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (inserted) return { row: inserted, fresh: true }
  const standing = await db
    .selectFrom('top_ups')
    .selectAll()
    .where('billing_account_id', '=', row.billing_account_id)
    .where('request_key', '=', row.request_key)
    .executeTakeFirstOrThrow()
  return { row: standing, fresh: false }
}

export async function lockTopUp(db: Db, id: Id<'topUp'>): Promise<TopUpRow | undefined> {
  return db.selectFrom('top_ups').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function endTopUp(
  db: Db,
  of: { id: Id<'topUp'>; state: 'credited' | 'failed'; providerRef: string; at: Date },
): Promise<void> {
  await db
    .updateTable('top_ups')
    .set({ state: of.state, provider_ref: of.providerRef, ended_at: of.at })
    .where('id', '=', of.id)
    .execute()
}

/** Inserts a voucher; the id its account's request key gave before, when it is used again. */
export async function insertVoucher(
  db: Db,
  row: Insertable<VouchersTable>,
): Promise<{ id: Id<'voucher'>; fresh: boolean }> {
  const inserted = await db
    .insertInto('vouchers')
    .values(row)
    .onConflict((conflict) => conflict.columns(['billing_account_id', 'request_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted) return { id: inserted.id, fresh: true }
  const { id } = await db
    .selectFrom('vouchers')
    .select('id')
    .where('billing_account_id', '=', row.billing_account_id)
    .where('request_key', '=', row.request_key)
    .executeTakeFirstOrThrow()
  return { id, fresh: false }
}

/** Inserts a card; the id its account's request key gave before, when it is used again. */
export async function insertCard(
  db: Db,
  row: Insertable<PrepaidCardsTable>,
): Promise<{ id: Id<'prepaidCard'>; fresh: boolean }> {
  const inserted = await db
    .insertInto('prepaid_cards')
    .values(row)
    .onConflict((conflict) => conflict.columns(['billing_account_id', 'request_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted) return { id: inserted.id, fresh: true }
  const { id } = await db
    .selectFrom('prepaid_cards')
    .select('id')
    .where('billing_account_id', '=', row.billing_account_id)
    .where('request_key', '=', row.request_key)
    .executeTakeFirstOrThrow()
  return { id, fresh: false }
}

/** A voucher or card that expired with something left. */
export interface ExpiredFund {
  id: string
  kind: VoucherKind | 'prepaid_card'
  owner: BillingAccountId
  currency: Currency
}

/** Vouchers and cards that are expired and still hold something; `limit` at most. */
export async function selectExpiredFunds(db: Db, now: Date, limit: number): Promise<ExpiredFund[]> {
  const { rows } = await sql<ExpiredFund>`
    select a.about as id, a.kind, a.owner, a.currency
    from ledger_accounts a
      left join vouchers v on v.id = a.about
      left join prepaid_cards c on c.id = a.about
    where a.kind in ('ordinary_voucher', 'full_reduction_voucher', 'prepaid_card') and a.balance > 0
      and coalesce(v.expires_at, c.expires_at) <= ${now}
    order by a.about limit ${limit}`.execute(db)
  return rows
}

/** What one account of a payer holds; 0 where it was never used. */
export async function selectBalance(
  db: Db,
  of: {
    owner: BillingAccountId
    currency: Currency
    kind: VoucherKind | 'prepaid_card' | 'debt'
    about: string | null
  },
): Promise<string> {
  const row = await db
    .selectFrom('ledger_accounts')
    .select('balance')
    .where('owner', '=', of.owner)
    .where('currency', '=', of.currency)
    .where('kind', '=', of.kind)
    .where('about', of.about === null ? 'is' : '=', of.about)
    .executeTakeFirst()
  return row?.balance ?? '0'
}
