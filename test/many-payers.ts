import { newId } from '../contract/ids.ts'
import type { BillingAccountId, InstanceId, WorkspaceId } from '../contract/ids.ts'
import { aConsoleAccount } from './people.ts'
import type { TestServices } from './services.ts'

export interface InsertedPayer {
  id: BillingAccountId
  workspaceId: WorkspaceId
}

/** Payers with a workspace each on cn1, paid by the instance named or (null) by the balance; written set by set, for tests of many. */
export async function insertPayers(
  world: TestServices,
  instances: readonly (InstanceId | null)[],
): Promise<InsertedPayer[]> {
  const { db } = world.services
  const at = world.clock.now()
  const owner = await aConsoleAccount(world.ctx())
  const made = instances.map((instanceId) => ({
    id: newId('billingAccount'),
    workspaceId: newId('workspace'),
    instanceId,
  }))
  const accounts = made.map(({ id }) => ({
    id,
    username: id,
    email: `${id}@acme.test`,
    password_hash: '-',
    phone: null,
    language: 'en' as const,
    currency: 'CNY' as const,
    created_at: at,
  }))
  await db.insertInto('billing_accounts').values(accounts).execute()
  const workspaces = made.map(({ workspaceId: id }) => ({
    id,
    site: 'cn1',
    name: 'ws',
    language: 'en' as const,
    created_by: owner.id,
    created_at: at,
  }))
  await db.insertInto('workspaces').values(workspaces).execute()
  const bindings = made.map((payer) => ({
    workspace_id: payer.workspaceId,
    billing_account_id: payer.id,
    instance_id: payer.instanceId,
    bound_at: at,
    settlement_since: at,
  }))
  await db.insertInto('bindings').values(bindings).execute()
  const changes = made.map((payer) => ({
    workspace_id: payer.workspaceId,
    from_instance_id: null,
    to_instance_id: payer.instanceId,
    first_binding: true,
    changed_at: at,
  }))
  await db.insertInto('settlement_changes').values(changes).execute()
  return made.map(({ id, workspaceId }) => ({ id, workspaceId }))
}
