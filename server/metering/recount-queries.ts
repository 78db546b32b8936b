import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import type { Recount } from './fold-queries.ts'

/*
 * Counting one total again from its events, where a correction took something away that cannot be subtracted: the most that
 * was held, or a thing that other events may have named too. Events that are committed but not yet folded may be counted here
 * already; folding them later changes nothing, since a maximum and a set do not grow by what they hold.
 */

type Db = Kysely<Database>

function groupOf({ w, d, m, r }: Recount): RawBuilder<boolean> {
  return sql`workspace = ${w} and day = ${d}::date and meter = ${m} and retention = ${r}`
}

/** Events of the total that still count. */
function counting(recount: Recount): RawBuilder<unknown> {
  return sql`(select occurred_at, quantity, item from usage_events e
    where ${groupOf(recount)} and not exists (select from usage_corrections c where c.target = e.key)) as counting`
}

const hourOf = sql`date_bin('1 hour', occurred_at, timestamptz '2000-01-01 00:00:00+00')`

/** Sets hours and day to the most that was held. */
export async function recountMax(db: Db, recount: Recount): Promise<void> {
  const most = sql`select ${hourOf} as hour, max(quantity) as quantity from ${counting(recount)} group by 1`
  await setQuantities(db, recount, most, sql`max`)
}

/** Builds the set of items again, and sets hours and day to what it holds. */
export async function recountDistinct(db: Db, recount: Recount): Promise<void> {
  const { w, d, m, r } = recount
  await sql`delete from usage_items where ${groupOf(recount)}`.execute(db)
  await sql`
    insert into usage_items (workspace, day, meter, retention, item, hour)
    select ${w}, ${d}::date, ${m}, ${r}, case when part = 1 then i else md5(i::text || part)::uuid end, min(hour)
    from (
      select encode(substring(sha256(convert_to(item, 'UTF8')) for 16), 'hex')::uuid as i, quantity, ${hourOf} as hour
      from ${counting(recount)}
    ) as named cross join lateral generate_series(1, quantity::int) as part
    group by 5`.execute(db)
  const fresh = sql`select hour, count(*)::numeric as quantity from usage_items where ${groupOf(recount)} group by 1`
  await setQuantities(db, recount, fresh, sql`sum`)
}

async function setQuantities(
  db: Db,
  recount: Recount,
  perHour: RawBuilder<unknown>,
  together: RawBuilder<unknown>,
): Promise<void> {
  const { w, d, m, r } = recount
  await sql`update usage_hours set quantity = 0 where ${groupOf(recount)}`.execute(db)
  await sql`
    insert into usage_hours as t (workspace, day, meter, retention, hour, quantity, events)
    select ${w}, ${d}::date, ${m}, ${r}, hour, quantity, 0 from (${perHour}) as counted
    on conflict (workspace, day, meter, retention, hour) do update set quantity = excluded.quantity`.execute(db)
  await sql`
    update usage_days set quantity = coalesce((select ${together}(quantity) from (${perHour}) as counted), 0)
    where ${groupOf(recount)}`.execute(db)
}
