import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import { newId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { StatementLine } from '../marketplaces/connector.ts'
import type { Difference } from './compare-statement.ts'
import type { UsageRecordRow } from './queries.ts'
import type { ReconciliationsTable, SettlementDifferencesTable } from './tables.ts'

type Db = Kysely<Database>

/** A product at a marketplace on one of its days. */
export interface ProductDay {
  marketplace: string
  productCode: string
  day: string
}

/** Records of a product whose interval begins in a span, with the marketplace's names of their instances. */
export async function selectRecordsOfDay(
  db: Db,
  of: { marketplace: string; productCode: string; from: Date; until: Date },
): Promise<(UsageRecordRow & { instanceRef: string })[]> {
  return db
    .selectFrom('usage_records')
    .innerJoin('marketplace_instances', 'marketplace_instances.id', 'usage_records.instance_id')
    .selectAll('usage_records')
    .select('marketplace_instances.instance_ref as instanceRef')
    .where('usage_records.marketplace', '=', of.marketplace)
    .where('usage_records.product_code', '=', of.productCode)
    .where('period_from', '>=', of.from)
    .where('period_from', '<', of.until)
    .orderBy('usage_records.id')
    .execute()
}

/** Writes what the statement says of a product's day; what it said before and no longer says goes. */
export async function replaceStatementLines(
  db: Db,
  of: ProductDay,
  lines: readonly StatementLine[],
  read: { source: 'marketplace' | 'import'; at: Date },
): Promise<void> {
  await db
    .deleteFrom('statement_lines')
    .where('marketplace', '=', of.marketplace)
    .where('product_code', '=', of.productCode)
    .where('day', '=', of.day)
    .execute()
  if (lines.length === 0) return
  await db
    .insertInto('statement_lines')
    .values(
      lines.map((line) => ({
        marketplace: of.marketplace,
        product_code: of.productCode,
        instance_ref: line.instanceRef,
        dimension: line.dimension,
        item: line.item,
        day: of.day,
        accepted: line.accepted,
        billed: line.billed,
        amount: line.amount,
        currency: line.currency,
        source: read.source,
        read_at: read.at,
      })),
    )
    .execute()
}

export async function selectStatementLines(db: Db, of: ProductDay): Promise<StatementLine[]> {
  const rows = await db
    .selectFrom('statement_lines')
    .selectAll()
    .where('marketplace', '=', of.marketplace)
    .where('product_code', '=', of.productCode)
    .where('day', '=', of.day)
    .execute()
  return rows.map((row) => ({
    productCode: row.product_code,
    instanceRef: row.instance_ref,
    dimension: row.dimension,
    item: row.item,
    day: row.day,
    accepted: row.accepted,
    billed: row.billed,
    amount: row.amount,
    currency: row.currency,
  }))
}

/** What is known of some days of a product: how each was last found, and what records it has. Days with neither are left out. */
export async function selectDayStates(
  db: Db,
  of: { marketplace: string; productCode: string; days: readonly { day: string; from: Date; until: Date }[] },
): Promise<{ day: string; differences: number | null; stated: boolean | null; records: number; unknown: number }[]> {
  const { rows } = await sql<{
    day: string
    differences: number | null
    stated: boolean | null
    records: number
    unknown: number
  }>`
    select asked.day, last.differences, last.stated, records.count as records, records.unknown
    from unnest(${of.days.map((each) => each.day)}::text[], ${of.days.map((each) => each.from)}::timestamptz[],
        ${of.days.map((each) => each.until)}::timestamptz[]) as asked(day, begins, ends)
      left join reconciliations last on last.marketplace = ${of.marketplace}
        and last.product_code = ${of.productCode} and last.day = asked.day
      cross join lateral (
        select count(*) as count, count(*) filter (where state = 'UNKNOWN') as unknown
        from usage_records
        where marketplace = ${of.marketplace} and product_code = ${of.productCode}
          and period_from >= asked.begins and period_from < asked.ends
          and (last.day is null or last.differences > 0 or not last.stated)
      ) as records
    where last.day is not null or records.count > 0`.execute(db)
  return rows
}

export async function upsertReconciliation(db: Db, row: Selectable<ReconciliationsTable>): Promise<void> {
  const { marketplace: _m, product_code: _p, day: _d, ...found } = row
  await db
    .insertInto('reconciliations')
    .values(row)
    .onConflict((conflict) => conflict.columns(['marketplace', 'product_code', 'day']).doUpdateSet(found))
    .execute()
}

/**
 * Writes the differences of a product's day as found now: known ones are seen again, new ones begin, and those no longer found are
 * gone. Returns the new ones.
 */
export async function replaceDifferences(
  db: Db,
  of: ProductDay,
  found: readonly Difference[],
  now: Date,
): Promise<Selectable<SettlementDifferencesTable>[]> {
  const rows = await Promise.all(found.map((difference) => upsertDifference(db, of, difference, now)))
  const ids = rows.map((row) => row.id)
  let gone = db
    .updateTable('settlement_differences')
    .set({ gone_at: now })
    .where('marketplace', '=', of.marketplace)
    .where('product_code', '=', of.productCode)
    .where('day', '=', of.day)
    .where('gone_at', 'is', null)
  if (ids.length > 0) gone = gone.where('id', 'not in', ids)
  await gone.execute()
  return rows.filter((row) => row.first_seen_at.getTime() === now.getTime())
}

async function upsertDifference(db: Db, of: ProductDay, difference: Difference, now: Date) {
  return db
    .insertInto('settlement_differences')
    .values({
      id: newId('difference'),
      marketplace: of.marketplace,
      product_code: of.productCode,
      instance_ref: difference.instanceRef,
      dimension: difference.dimension,
      item: difference.item,
      day: of.day,
      kind: difference.kind,
      ours: difference.ours,
      theirs: difference.theirs,
      record_id: difference.recordId,
      first_seen_at: now,
      last_seen_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['marketplace', 'product_code', 'instance_ref', 'dimension', 'item', 'day', 'kind', 'record_id'])
        .doUpdateSet({ ours: difference.ours, theirs: difference.theirs, last_seen_at: now, gone_at: null }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}
