import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { RecordKind, RecordName } from '../../contract/operator.ts'
import type { Database } from '../database.ts'
import { partPattern } from '../platform/db/part-pattern.ts'

type Db = Kysely<Database>

/** Each kind of record under the words people know it by. */
const named: Record<RecordKind, RawBuilder<unknown>> = {
  billingAccount: sql`select b.id, b.username as title, concat_ws(' · ', c.name, b.email) as about, b.created_at as born
    from billing_accounts b left join companies c on c.billing_account_id = b.id`,
  consoleAccount: sql`select id, username as title, concat_ws(' · ', site, email) as about, created_at as born
    from console_accounts`,
  workspace: sql`select id, name as title, concat_ws(' · ', site, standing) as about, created_at as born from workspaces`,
  cloudAccount: sql`select id, account_ref as title, marketplace as about, created_at as born from cloud_accounts`,
  instance: sql`select id, instance_ref as title, concat_ws(' · ', marketplace, product_code, status) as about,
    purchased_at as born from marketplace_instances`,
  activation: sql`select a.id, coalesce(b.username, a.draft ->> 'username', i.instance_ref, a.id) as title,
    concat_ws(' · ', a.site, a.source, a.state) as about, a.created_at as born
    from activations a left join billing_accounts b on b.id = a.billing_account_id
      left join marketplace_instances i on i.id = a.instance_id`,
  usageRecord: sql`select r.id, i.instance_ref as title,
    concat_ws(' · ', r.dimension, to_char(r.period_from at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), r.state) as about,
    r.period_from as born
    from usage_records r join marketplace_instances i on i.id = r.instance_id`,
  dailyBill: sql`select d.id, d.day::text as title, concat_ws(' · ', d.site, b.username) as about, d.issued_at as born
    from daily_bills d join billing_accounts b on b.id = d.billing_account_id`,
}

/** Kinds of record that have words to be found by; the others are found by their id. */
export const wordedKinds = [
  'billingAccount',
  'consoleAccount',
  'workspace',
  'cloudAccount',
  'instance',
  'activation',
] as const satisfies readonly RecordKind[]
export type WordedKind = (typeof wordedKinds)[number]

/**
 * Where the words of each kind stand, one source for each table that holds some: the ids of records with `born`, and what must match.
 * Each source is asked apart, for its latest only, so that Postgres takes the index of parts where few match, and the one of the latest
 * where many do; a condition over several tables at once would read all of them whole.
 */
const sources: Record<WordedKind, (pattern: string) => RawBuilder<unknown>[]> = {
  billingAccount: (pattern) => [
    sql`select id, created_at as born from billing_accounts where username ilike ${pattern} or email ilike ${pattern}`,
    sql`select b.id, b.created_at as born from companies c join billing_accounts b on b.id = c.billing_account_id
      where c.name ilike ${pattern}`,
  ],
  consoleAccount: (pattern) => [
    sql`select id, created_at as born from console_accounts where username ilike ${pattern} or email ilike ${pattern}`,
  ],
  workspace: (pattern) => [sql`select id, created_at as born from workspaces where name ilike ${pattern}`],
  cloudAccount: (pattern) => [
    sql`select id, created_at as born from cloud_accounts where account_ref ilike ${pattern}`,
  ],
  instance: (pattern) => [
    sql`select id, purchased_at as born from marketplace_instances
      where instance_ref ilike ${pattern} or order_ref ilike ${pattern}`,
  ],
  activation: (pattern) => [
    sql`select id, created_at as born from activations
      where draft ->> 'username' ilike ${pattern} or draft ->> 'email' ilike ${pattern}`,
    sql`select a.id, a.created_at as born from activations a join billing_accounts b on b.id = a.billing_account_id
      where b.username ilike ${pattern} or b.email ilike ${pattern}`,
    sql`select a.id, a.created_at as born from activations a join marketplace_instances i on i.id = a.instance_id
      where i.instance_ref ilike ${pattern}`,
  ],
}

/** Records of one kind that have the text in one of their words, in any case; the latest first. */
export async function selectNamed(db: Db, kind: WordedKind, text: string, limit: number): Promise<RecordName[]> {
  const latest = sources[kind](partPattern(text)).map(
    (source) => sql`(${source} order by born desc, id desc limit ${limit})`,
  )
  const { rows } = await sql<Omit<RecordName, 'kind'>>`
    select id, title, about from (${named[kind]}) as one
    where id in (select id from (${sql.join(latest, sql` union all `)}) as found)
    order by born desc, id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({ kind, ...row }))
}

/** Records of one kind by their ids, the latest first. */
export async function selectByIds(db: Db, kind: RecordKind, ids: readonly string[]): Promise<RecordName[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Omit<RecordName, 'kind'>>`
    select id, title, about from (${named[kind]}) as one
    where id = any(${[...ids]}::text[]) order by born desc, id desc`.execute(db)
  return rows.map((row) => ({ kind, ...row }))
}
