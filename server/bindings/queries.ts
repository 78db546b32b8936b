import type { Kysely, Selectable } from 'kysely'
import type { InstanceStatus } from '../../contract/accounts.ts'
import type { BillingAccountId, CloudAccountId, InstanceId, WorkspaceId } from '../../contract/ids.ts'
import type { Standing } from '../../contract/workspaces.ts'
import type { Database } from '../database.ts'
import type { PagePosition } from '../platform/paging.ts'
import type { BindingsTable } from './tables.ts'

type Db = Kysely<Database>

export type BindingRow = Selectable<BindingsTable>

/** A binding with what is needed to judge and to show it. */
export interface BindingView {
  workspaceId: WorkspaceId
  billingAccountId: BillingAccountId
  instanceId: InstanceId | null
  instanceStatus: InstanceStatus | null
  boundAt: Date
  lastChangedAt: Date | null
}

/** Locks the workspace row, so that two changes of its binding take turns. */
export async function lockWorkspace(db: Db, id: WorkspaceId): Promise<void> {
  await db.selectFrom('workspaces').select('id').where('id', '=', id).forUpdate().execute()
}

function bindingViews(db: Db) {
  return db
    .selectFrom('bindings')
    .leftJoin('marketplace_instances', 'marketplace_instances.id', 'bindings.instance_id')
    .select((eb) => [
      'bindings.workspace_id as workspaceId',
      'bindings.billing_account_id as billingAccountId',
      'bindings.instance_id as instanceId',
      'marketplace_instances.status as instanceStatus',
      'bindings.bound_at as boundAt',
      eb
        .selectFrom('settlement_changes')
        .select('changed_at')
        .whereRef('settlement_changes.workspace_id', '=', 'bindings.workspace_id')
        .where('first_binding', '=', false)
        .orderBy('changed_at', 'desc')
        .limit(1)
        .as('lastChangedAt'),
    ])
}

export async function selectBinding(db: Db, workspaceId: WorkspaceId): Promise<BindingView | undefined> {
  return bindingViews(db).where('bindings.workspace_id', '=', workspaceId).executeTakeFirst()
}

/** Bindings of one Billing Center account, newest first; those of workspaces in one of the standings. */
export async function selectBindingsOf(
  db: Db,
  of: { billingAccountId: BillingAccountId; standings: readonly Standing[] },
  after: PagePosition | null,
  limit: number,
): Promise<BindingView[]> {
  let query = bindingViews(db)
    .innerJoin('workspaces', 'workspaces.id', 'bindings.workspace_id')
    .where('workspaces.standing', 'in', [...of.standings])
    .where('bindings.billing_account_id', '=', of.billingAccountId)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('bindings.bound_at', 'bindings.workspace_id'), '<', tuple(after.at, after.id as WorkspaceId)),
    )
  }
  return query.orderBy('bindings.bound_at', 'desc').orderBy('bindings.workspace_id', 'desc').limit(limit).execute()
}

export async function countBindingsOf(db: Db, billingAccountId: BillingAccountId): Promise<number> {
  const row = await db
    .selectFrom('bindings')
    .innerJoin('workspaces', 'workspaces.id', 'bindings.workspace_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspaces.standing', '!=', 'dissolved')
    .where('billing_account_id', '=', billingAccountId)
    .executeTakeFirstOrThrow()
  return row.count
}

/** Workspaces of an account whose standing wants attention, at most `limit`. */
export async function selectTroubledWorkspaces(db: Db, billingAccountId: BillingAccountId, limit: number) {
  return db
    .selectFrom('bindings')
    .innerJoin('workspaces', 'workspaces.id', 'bindings.workspace_id')
    .select(['workspaces.id', 'name', 'standing', 'countdown_ends_at'])
    .where('billing_account_id', '=', billingAccountId)
    .where('standing', 'in', ['countdown', 'locked'])
    .orderBy('countdown_ends_at')
    .limit(limit)
    .execute()
}

/** Workspaces each instance settles. */
export async function selectSettledWorkspaces(db: Db, instanceIds: readonly InstanceId[]) {
  if (instanceIds.length === 0) return []
  return db
    .selectFrom('bindings')
    .innerJoin('workspaces', 'workspaces.id', 'bindings.workspace_id')
    .selectAll('workspaces')
    .select('bindings.instance_id')
    .where('bindings.instance_id', 'in', [...instanceIds])
    .where('standing', '!=', 'dissolved')
    .orderBy('bindings.bound_at')
    .orderBy('workspaces.id')
    .execute()
}

export async function insertBinding(db: Db, row: BindingRow): Promise<void> {
  await db.insertInto('bindings').values(row).execute()
}

export async function updateSettlement(
  db: Db,
  workspaceId: WorkspaceId,
  instanceId: InstanceId | null,
  at: Date,
): Promise<void> {
  await db
    .updateTable('bindings')
    .set({ instance_id: instanceId, settlement_since: at })
    .where('workspace_id', '=', workspaceId)
    .execute()
}

export async function insertSettlementChange(
  db: Db,
  change: { workspaceId: WorkspaceId; from: InstanceId | null; to: InstanceId | null; first: boolean; at: Date },
): Promise<void> {
  await db
    .insertInto('settlement_changes')
    .values({
      workspace_id: change.workspaceId,
      from_instance_id: change.from,
      to_instance_id: change.to,
      first_binding: change.first,
      changed_at: change.at,
    })
    .execute()
}

/** Every change of what pays, of the workspaces some instances ever paid; in order of workspaces and time. */
export async function selectSettlementChangesAround(db: Db, instanceIds: readonly InstanceId[]) {
  if (instanceIds.length === 0) return []
  return db
    .selectFrom('settlement_changes')
    .selectAll()
    .where('workspace_id', 'in', (eb) =>
      eb
        .selectFrom('settlement_changes')
        .select('workspace_id')
        .where('to_instance_id', 'in', [...instanceIds]),
    )
    .orderBy('workspace_id')
    .orderBy('changed_at')
    .orderBy('id')
    .execute()
}

/** Cloud accounts held by one Billing Center account, newest binding first. */
export async function selectCloudAccountsOf(
  db: Db,
  billingAccountId: BillingAccountId,
  after: PagePosition | null,
  limit: number,
) {
  let query = db.selectFrom('cloud_accounts').selectAll().where('billing_account_id', '=', billingAccountId)
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('bound_at', 'id'), '<', tuple(after.at, after.id as CloudAccountId)),
    )
  }
  return query.orderBy('bound_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

export async function countCloudAccountsOf(db: Db, billingAccountId: BillingAccountId): Promise<number> {
  const row = await db
    .selectFrom('cloud_accounts')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('billing_account_id', '=', billingAccountId)
    .executeTakeFirstOrThrow()
  return row.count
}
