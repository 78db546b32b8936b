import { newId } from '../contract/ids.ts'
import type { BillingAccountId, InstanceId, WorkspaceId } from '../contract/ids.ts'
import { seeCloudAccount } from '../server/accounts/see-cloud-account.ts'
import { setSettlement } from '../server/bindings/set-settlement.ts'
import { inTransaction } from '../server/context.ts'
import { readInstance } from '../server/marketplaces/read-instance.ts'
import { createWorkspace } from '../server/workspaces/create-workspace.ts'
import { dailyProductCode } from './catalogue.ts'
import { aConsoleAccount } from './people.ts'
import type { TestServices } from './services.ts'

let counter = 0

/** A workspace bound to a payer: paid from the balance, or through a marketplace instance. */
export async function testPaidWorkspace(
  world: TestServices,
  of: { billingAccountId: BillingAccountId; site?: string; instanceId?: InstanceId },
): Promise<WorkspaceId> {
  const ctx = world.ctx()
  const { site = 'cn1' } = of
  const owner = await aConsoleAccount(ctx, { site })
  const instance = of.instanceId ? await readInstance(ctx, of.instanceId) : null
  return inTransaction(ctx, async (tx) => {
    const workspace = await createWorkspace(tx, { site, name: 'ws', language: 'en', owner: owner.id, requestKey: null })
    await setSettlement(tx, { workspaceId: workspace.id, billingAccountId: of.billingAccountId, instance })
    return workspace.id
  })
}

/** A live instance of the daily product, bought by a cloud account of its own. */
export async function testInstance(world: TestServices): Promise<InstanceId> {
  counter += 1
  const ctx = world.ctx()
  const id = newId('instance')
  await inTransaction(ctx, async (tx) => {
    const account = await seeCloudAccount(tx, { marketplace: 'alibaba', accountRef: String(9_000_000 + counter) })
    await tx.db
      .insertInto('marketplace_instances')
      .values({
        id,
        marketplace: 'alibaba',
        instance_ref: `i-${id}`,
        order_ref: `o-${id}`,
        cloud_account_id: account.id,
        product_code: dailyProductCode,
        sku: `${dailyProductCode}-postpay`,
        items: '{}',
        expires_on: null,
        purchased_at: ctx.now(),
        status_changed_at: ctx.now(),
        confirmed_at: null,
      })
      .execute()
  })
  return id
}
