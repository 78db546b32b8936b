import type { Selectable } from 'kysely'
import type { CloudAccount } from '../../contract/accounts.ts'
import type { BillingAccountId, CloudAccountId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import { readCloudAccount as readCloudAccountRow } from '../accounts/read-cloud-account.ts'
import type { CloudAccountsTable } from '../accounts/tables.ts'
import type { Ctx } from '../context.ts'
import { productOf } from '../marketplaces/product.ts'
import { listInstancesOf } from '../marketplaces/read-instance.ts'
import { readCursor, toPage } from '../platform/paging.ts'
import type { Page, PageRequest } from '../platform/paging.ts'
import { selectCloudAccountsOf, selectSettledWorkspaces } from './queries.ts'

type Row = Selectable<CloudAccountsTable>

/** Cloud accounts a Billing Center account holds, each with its instances and the workspaces they settle. */
export async function listCloudAccounts(
  ctx: Ctx,
  input: { billingAccountId: BillingAccountId } & PageRequest,
): Promise<Page<CloudAccount>> {
  const rows = await selectCloudAccountsOf(ctx.db, input.billingAccountId, readCursor(input.cursor), input.limit + 1)
  const page = toPage(rows, input.limit, (row) => ({ at: row.bound_at ?? row.created_at, id: row.id }))
  return { items: await present(ctx, page.items), nextCursor: page.nextCursor }
}

/** One cloud account the Billing Center account holds; throws `not_found` for any other. */
export async function readCloudAccount(
  ctx: Ctx,
  input: { billingAccountId: BillingAccountId; cloudAccountId: CloudAccountId },
): Promise<CloudAccount> {
  const row = await readCloudAccountRow(ctx, input.cloudAccountId)
  if (row?.billing_account_id !== input.billingAccountId) throw new Problem('not_found')
  const [shown] = await present(ctx, [row])
  if (!shown) throw new Problem('not_found')
  return shown
}

async function present(ctx: Ctx, rows: Row[]): Promise<CloudAccount[]> {
  const instances = await listInstancesOf(
    ctx,
    rows.map((row) => row.id),
  )
  const settled = await selectSettledWorkspaces(
    ctx.db,
    instances.map((instance) => instance.id),
  )
  return rows.map((row) => ({
    id: row.id,
    marketplace: row.marketplace,
    accountRef: row.account_ref,
    boundAt: (row.bound_at ?? row.created_at).toISOString(),
    instances: instances
      .filter((instance) => instance.cloud_account_id === row.id)
      .map((instance) => ({
        id: instance.id,
        instanceRef: instance.instance_ref,
        orderRef: instance.order_ref,
        productName: productOf(ctx, instance).name,
        sku: instance.sku,
        status: instance.status,
        purchasedAt: instance.purchased_at.toISOString(),
        workspaces: settled
          .filter((workspace) => workspace.instance_id === instance.id)
          .map(({ id, name, site, standing }) => ({ id, name, site, standing })),
      })),
  }))
}
