import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { RecordKind, RecordName } from '../../contract/operator.ts'
import type { Database } from '../database.ts'

type Db = Kysely<Database>

/** Each kind of record under the words people know it by: `words` is what a search looks through. */
const named: Record<RecordKind, ReturnType<typeof sql>> = {
  billingAccount: sql`select b.id, b.username as title, concat_ws(' · ', c.name, b.email) as about,
    array[b.username, b.email, c.name] as words, b.created_at as born
    from billing_accounts b left join companies c on c.billing_account_id = b.id`,
  consoleAccount: sql`select id, username as title, concat_ws(' · ', site, email) as about,
    array[username, email] as words, created_at as born from console_accounts`,
  workspace: sql`select id, name as title, concat_ws(' · ', site, standing) as about,
    array[name] as words, created_at as born from workspaces`,
  cloudAccount: sql`select id, account_ref as title, marketplace as about,
    array[account_ref] as words, created_at as born from cloud_accounts`,
  instance: sql`select id, instance_ref as title, concat_ws(' · ', marketplace, product_code, status) as about,
    array[instance_ref, order_ref] as words, purchased_at as born from marketplace_instances`,
  activation: sql`select a.id, coalesce(b.username, a.draft ->> 'username', i.instance_ref, a.id) as title,
    concat_ws(' · ', a.site, a.source, a.state) as about,
    array[a.draft ->> 'username', a.draft ->> 'email', b.username, b.email, i.instance_ref] as words, a.created_at as born
    from activations a left join billing_accounts b on b.id = a.billing_account_id
      left join marketplace_instances i on i.id = a.instance_id`,
  usageRecord: sql`select r.id, i.instance_ref as title,
    concat_ws(' · ', r.dimension, to_char(r.period_from at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), r.state) as about,
    array[]::text[] as words, r.period_from as born
    from usage_records r join marketplace_instances i on i.id = r.instance_id`,
  dailyBill: sql`select d.id, d.day::text as title, concat_ws(' · ', d.site, b.username) as about,
    array[]::text[] as words, d.issued_at as born
    from daily_bills d join billing_accounts b on b.id = d.billing_account_id`,
}

/** Records of one kind that have the text in one of their words, the latest first. */
export async function selectNamed(db: Db, kind: RecordKind, text: string, limit: number): Promise<RecordName[]> {
  const pattern = `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const { rows } = await sql<Omit<RecordName, 'kind'>>`
    select id, title, about from (${named[kind]}) as one
    where exists (select 1 from unnest(words) as word where word ilike ${pattern})
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
