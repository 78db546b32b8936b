import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { BillingAccountId, Id } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { Database } from '../database.ts'
import type { MonthlyBill } from './monthly.ts'

type Db = Kysely<Database>

export interface WantedMonth {
  billingAccountId: BillingAccountId
  currency: Currency
}

/** Payers with daily bills in a month of a site and no monthly bill of it yet, after one of them. */
export async function selectWantedMonths(
  db: Db,
  of: { site: string; month: string; after: string; limit: number },
): Promise<WantedMonth[]> {
  const { rows } = await sql<WantedMonth>`
    select distinct d.billing_account_id as "billingAccountId", d.currency
    from daily_bills d
    where d.site = ${of.site} and d.day >= ${`${of.month}-01`} and d.day <= ${`${of.month}-31`}
      and d.billing_account_id > ${of.after}
      and not exists (
        select 1 from monthly_bills m
        where m.billing_account_id = d.billing_account_id and m.site = d.site and m.month = ${of.month})
    order by 1 limit ${of.limit}`.execute(db)
  return rows
}

/** Days of a payer's month that have no answer: parked ones, and those still being closed. */
export async function selectUnansweredDays(
  db: Db,
  of: { billingAccountId: BillingAccountId; site: string; month: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('payer_days')
    .select('day')
    .where('billing_account_id', '=', of.billingAccountId)
    .where('site', '=', of.site)
    .where('day', '>=', `${of.month}-01`)
    .where('day', '<=', `${of.month}-31`)
    .where('state', 'in', ['open', 'parked'])
    .execute()
  return rows.map(({ day }) => day)
}

/** First and last day of a site that was closed; undefined before the first. */
export async function selectClosedSpan(db: Db, site: string): Promise<{ first: string; last: string } | undefined> {
  const row = await db
    .selectFrom('bill_days')
    .select((eb) => [eb.fn.min('day').as('first'), eb.fn.max('day').as('last')])
    .where('site', '=', site)
    .where('state', '=', 'closed')
    .executeTakeFirst()
  return row?.first ? { first: row.first, last: row.last } : undefined
}

/** Daily bills of a payer's month with all their lines, in order. */
export async function selectMonthLines(
  db: Db,
  of: { billingAccountId: BillingAccountId; site: string; month: string },
) {
  return db
    .selectFrom('daily_bills')
    .innerJoin('bill_lines', 'bill_lines.bill_id', 'daily_bills.id')
    .select(['daily_bills.day', 'daily_bills.currency', 'daily_bills.total', 'usage_cut', 'line', 'parts'])
    .where('billing_account_id', '=', of.billingAccountId)
    .where('site', '=', of.site)
    .where('daily_bills.day', '>=', `${of.month}-01`)
    .where('daily_bills.day', '<=', `${of.month}-31`)
    .orderBy('daily_bills.day')
    .orderBy('position')
    .execute()
}

/** Keeps a monthly bill; false when the payer has one for the month. */
export async function insertMonthlyBill(
  db: Db,
  of: { id: Id<'monthlyBill'>; bill: MonthlyBill; text: string; hash: string; at: Date },
): Promise<boolean> {
  const { billingAccountId, site, month, currency, total } = of.bill
  const row = await db
    .insertInto('monthly_bills')
    .values({
      id: of.id,
      billing_account_id: billingAccountId as BillingAccountId,
      site,
      month,
      currency,
      total,
      hash: of.hash,
      bill: of.text,
      issued_at: of.at,
    })
    .onConflict((conflict) => conflict.columns(['billing_account_id', 'site', 'month']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
