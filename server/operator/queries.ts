import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { AuditEntry, ActivationInShort } from '../../contract/operator.ts'
import type { Database } from '../database.ts'
import type { PagePosition } from '../platform/paging.ts'

type Db = Kysely<Database>

export type AuditRow = Omit<AuditEntry, 'at' | 'by'> & {
  at: Date
  actorKind: string
  actorId: string | null
  actorName: string | null
  /** Its place in the order in which everything was written down. */
  position: string
}

/** Actors by the words people know them by; tasks and marketplaces are their own words. */
const actorName = sql`coalesce(
    (select username from console_accounts where id = a.actor_id),
    (select username from billing_accounts where id = a.actor_id),
    (select name from operators where id = a.actor_id),
    (select name from api_keys where id = a.actor_id))`

const auditColumns = sql`a.id, a.position, a.at, e.kind as what, e.about, e.detail, a.request_id as "requestId", a.ip,
  a.actor_kind as "actorKind", a.actor_id as "actorId", ${actorName} as "actorName"`

const before = (after: string | null) => (after === null ? sql`true` : sql`a.position < ${after}`)

/** What events say of one id under any of these names, latest first. */
export async function selectTimeline(
  db: Db,
  of: { names: readonly string[]; id: string; after: string | null; limit: number },
): Promise<AuditRow[]> {
  const wanted = sql.join(
    of.names.map((name) => sql`e.about @> ${JSON.stringify({ [name]: of.id })}::jsonb`),
    sql` or `,
  )
  const { rows } = await sql<AuditRow>`
    select ${auditColumns} from events e join audit_entries a on a.event_id = e.id
    where (${wanted}) and ${before(of.after)}
    order by a.position desc limit ${of.limit}`.execute(db)
  return rows
}

export interface AuditFilter {
  by: string | null
  actorId: string | null
  /** A kind of event, or the first part of several. */
  what: string | null
}

/** Every change that fits the filter, latest first. */
export async function selectAudit(
  db: Db,
  filter: AuditFilter,
  after: string | null,
  limit: number,
): Promise<AuditRow[]> {
  const by = filter.by === null ? sql`true` : sql`a.actor_kind = ${filter.by}`
  const actor = filter.actorId === null ? sql`true` : sql`a.actor_id = ${filter.actorId}`
  const what =
    filter.what === null ? sql`true` : sql`(e.kind = ${filter.what} or split_part(e.kind, '.', 1) = ${filter.what})`
  const { rows } = await sql<AuditRow>`
    select ${auditColumns} from audit_entries a join events e on e.id = a.event_id
    where ${by} and ${actor} and ${what} and ${before(after)}
    order by a.position desc limit ${limit}`.execute(db)
  return rows
}

export type ActivationShortRow = Omit<ActivationInShort, 'createdAt' | 'lastAt'> & { createdAt: Date; lastAt: Date }

/** Activations with what last happened in each, latest begun first. */
export async function selectActivations(
  db: Db,
  state: 'open' | 'done' | null,
  after: PagePosition | null,
  limit: number,
): Promise<ActivationShortRow[]> {
  const wanted = state === null ? sql`true` : sql`v.state = ${state}`
  const later = after ? sql`(v.created_at, v.id) < (${after.at}, ${after.id})` : sql`true`
  const { rows } = await sql<ActivationShortRow>`
    select v.id, v.state, v.source, v.path, v.site, v.created_at as "createdAt", i.instance_ref as "instanceRef",
      coalesce(b.username, v.draft ->> 'username') as username,
      coalesce(news.at, v.created_at) as "lastAt", coalesce(news.kind, 'activation.started') as last
    from activations v
      left join marketplace_instances i on i.id = v.instance_id
      left join billing_accounts b on b.id = v.billing_account_id
      left join lateral (
        select e.at, e.kind from events e join audit_entries a on a.event_id = e.id
        where e.about @> jsonb_build_object('activationId', v.id)
        order by a.position desc limit 1
      ) news on true
    where ${wanted} and ${later}
    order by v.created_at desc, v.id desc limit ${limit}`.execute(db)
  return rows
}
