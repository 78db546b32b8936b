import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type { MeterCode } from '../metering/meters.ts'

type Db = Kysely<Database>

/** What a workspace was billed for its usage of some days, by day and meter; adjustments stand with the day they set right. */
export async function selectBilledByDay(
  db: Db,
  of: { workspaceId: WorkspaceId; from: string; to: string },
): Promise<{ day: string; meter: MeterCode; amount: string }[]> {
  return db
    .selectFrom('bill_lines')
    .select((eb) => ['usage_day as day', 'meter', eb.fn.sum<string>('amount').as('amount')])
    .where('workspace_id', '=', of.workspaceId)
    .where('usage_day', '>=', of.from)
    .where('usage_day', '<=', of.to)
    .groupBy(['usage_day', 'meter'])
    .orderBy('usage_day')
    .orderBy('meter')
    .execute()
}

/** Days of a span for which a payer has neither a bill nor the answer that there is nothing to bill. */
export async function selectUnbilledDays(
  db: Db,
  of: { billingAccountId: BillingAccountId; site: string; from: string; to: string },
): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    select span.day::date::text as day
    from generate_series(${of.from}::date, ${of.to}::date, interval '1 day') as span(day)
      left join bill_days d on d.site = ${of.site} and d.day = span.day::date::text
      left join payer_days p on p.site = d.site and p.day = d.day and p.billing_account_id = ${of.billingAccountId}
    where d.state is distinct from 'closed' and p.state is null or p.state in ('open', 'parked')
    order by 1`.execute(db)
  return rows.map((row) => row.day)
}

/** What a payer was billed on a site for some days; null where there is no bill. */
export async function selectBilledTotal(
  db: Db,
  of: { billingAccountId: BillingAccountId; site: string; from: string; to: string },
): Promise<string | null> {
  const row = await db
    .selectFrom('daily_bills')
    .select((eb) => eb.fn.sum<string | null>('total').as('total'))
    .where('billing_account_id', '=', of.billingAccountId)
    .where('site', '=', of.site)
    .where('day', '>=', of.from)
    .where('day', '<=', of.to)
    .executeTakeFirstOrThrow()
  return row.total
}

/** When a payer's first workspace on a site was bound; null where it pays for none. */
export async function selectFirstBoundAt(
  db: Db,
  of: { billingAccountId: BillingAccountId; site: string },
): Promise<Date | null> {
  const row = await db
    .selectFrom('bindings')
    .innerJoin('workspaces', 'workspaces.id', 'bindings.workspace_id')
    .select((eb) => eb.fn.min('bindings.bound_at').as('at'))
    .where('bindings.billing_account_id', '=', of.billingAccountId)
    .where('workspaces.site', '=', of.site)
    .executeTakeFirst()
  return row?.at ?? null
}

/** When a workspace got the payer it has; undefined while it has none. */
export async function selectBoundAt(db: Db, workspaceId: WorkspaceId): Promise<Date | undefined> {
  const row = await db
    .selectFrom('bindings')
    .select('bound_at')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  return row?.bound_at
}
