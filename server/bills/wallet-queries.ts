import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { FundKind } from '../../contract/wallet.ts'
import { fundKinds } from '../../contract/wallet.ts'
import type { BillingAccountId, Id, InstanceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { PagePosition } from '../platform/paging.ts'
import type { TopUpsTable } from './tables.ts'

/* What a payer reads of its own money. */

type Db = Kysely<Database>

export interface MoveFilter {
  billingAccountId: BillingAccountId
  from?: Date | undefined
  until?: Date | undefined
  fund?: FundKind | undefined
}

export type MoveRow = Awaited<ReturnType<typeof selectMoves>>[number]

/** Transactions of a payer by time, with the bill each is about, if any. */
export async function selectMoves(
  db: Db,
  of: MoveFilter & { order: 'oldest' | 'latest'; after: PagePosition | null; limit: number },
) {
  const oldest = of.order === 'oldest'
  let query = db
    .selectFrom('ledger_transactions as t')
    .leftJoin('daily_bills as b', (join) =>
      join.on((eb) => eb('b.id', '=', sql<Id<'dailyBill'>>`split_part(t.reference, '/', 2)`)),
    )
    .select([
      't.id',
      't.number',
      't.reference',
      't.kind',
      't.currency',
      't.posted_at',
      'b.id as billId',
      'b.site',
      'b.day',
    ])
    .where('t.owner', '=', of.billingAccountId)
  const { from, until, fund, after } = of
  if (from) query = query.where('t.posted_at', '>=', from)
  if (until) query = query.where('t.posted_at', '<', until)
  if (fund) {
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('ledger_postings as p')
          .innerJoin('ledger_accounts as a', (join) =>
            join
              .onRef('a.owner', '=', 'p.owner')
              .onRef('a.name', '=', 'p.account')
              .onRef('a.currency', '=', 'p.currency'),
          )
          .select('p.account')
          .whereRef('p.transaction_id', '=', 't.id')
          .where('a.kind', '=', fund),
      ),
    )
  }
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('t.posted_at', 't.number'), oldest ? '>' : '<', tuple(after.at, Number(after.id))),
    )
  }
  const direction = oldest ? 'asc' : 'desc'
  return query.orderBy('t.posted_at', direction).orderBy('t.number', direction).limit(of.limit).execute()
}

/** What some transactions changed of the payer's money; our own counterparts left out. */
export async function selectChanges(db: Db, ids: readonly Id<'ledgerTransaction'>[]) {
  if (ids.length === 0) return []
  return db
    .selectFrom('ledger_postings as p')
    .innerJoin('ledger_accounts as a', (join) =>
      join.onRef('a.owner', '=', 'p.owner').onRef('a.name', '=', 'p.account').onRef('a.currency', '=', 'p.currency'),
    )
    .select(['p.transaction_id as transactionId', 'a.kind', 'a.about', 'p.amount', 'p.currency'])
    .where('p.transaction_id', 'in', [...ids])
    .where('a.kind', 'in', [...fundKinds])
    .orderBy('p.account')
    .execute()
}

/** Marketplaces' names of instances. */
export async function selectInstanceRefs(db: Db, ids: readonly InstanceId[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('marketplace_instances')
    .select(['id', 'instance_ref'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row.instance_ref]))
}

/** Vouchers of a payer, latest first, with what the ledger says is left. */
export async function selectVouchers(
  db: Db,
  of: { billingAccountId: BillingAccountId; after: PagePosition | null; limit: number },
) {
  let query = db
    .selectFrom('vouchers')
    .leftJoin('ledger_accounts as a', (join) =>
      join
        .onRef('a.owner', '=', 'vouchers.billing_account_id')
        .onRef('a.about', '=', 'vouchers.id')
        .onRef('a.currency', '=', 'vouchers.currency'),
    )
    .selectAll('vouchers')
    .select('a.balance as left')
    .where('billing_account_id', '=', of.billingAccountId)
  const { after } = of
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('granted_at', 'id'), '<', tuple(after.at, after.id as Id<'voucher'>)),
    )
  }
  return query.orderBy('granted_at', 'desc').orderBy('id', 'desc').limit(of.limit).execute()
}

/** Prepaid cards of a payer, latest first, with what the ledger says is left. */
export async function selectPrepaidCards(
  db: Db,
  of: { billingAccountId: BillingAccountId; after: PagePosition | null; limit: number },
) {
  let query = db
    .selectFrom('prepaid_cards')
    .leftJoin('ledger_accounts as a', (join) =>
      join
        .onRef('a.owner', '=', 'prepaid_cards.billing_account_id')
        .onRef('a.about', '=', 'prepaid_cards.id')
        .onRef('a.currency', '=', 'prepaid_cards.currency'),
    )
    .selectAll('prepaid_cards')
    .select('a.balance as left')
    .where('billing_account_id', '=', of.billingAccountId)
  const { after } = of
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('sold_at', 'id'), '<', tuple(after.at, after.id as Id<'prepaidCard'>)),
    )
  }
  return query.orderBy('sold_at', 'desc').orderBy('id', 'desc').limit(of.limit).execute()
}

export type TopUpRow = Selectable<TopUpsTable>

/** Top-ups of a payer, latest first. */
export async function selectTopUps(
  db: Db,
  of: { billingAccountId: BillingAccountId; after: PagePosition | null; limit: number },
): Promise<TopUpRow[]> {
  let query = db.selectFrom('top_ups').selectAll().where('billing_account_id', '=', of.billingAccountId)
  const { after } = of
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('started_at', 'id'), '<', tuple(after.at, after.id as Id<'topUp'>)),
    )
  }
  return query.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(of.limit).execute()
}

/** One top-up of a payer. */
export async function selectTopUpOf(
  db: Db,
  billingAccountId: BillingAccountId,
  id: Id<'topUp'>,
): Promise<TopUpRow | undefined> {
  return db
    .selectFrom('top_ups')
    .selectAll()
    .where('id', '=', id)
    .where('billing_account_id', '=', billingAccountId)
    .executeTakeFirst()
}
