import { newId } from '../../contract/ids.ts'
import type { InstanceStatus } from '../../contract/accounts.ts'
import { seeCloudAccount } from '../accounts/see-cloud-account.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { insertInstance, selectInstance } from './queries.ts'
import type { InstanceRow } from './queries.ts'

export interface Purchase {
  marketplace: string
  instanceRef: string
  orderRef: string
  accountRef: string
  productCode: string
  sku: string
  items: Record<string, string>
  trial: boolean
  expiresOn: Date | null
  status: InstanceStatus
  /** How we learned of it: the marketplace told us, or we asked it about a pair of ids somebody typed. */
  learnedBy: 'notification' | 'lookup'
}

/** Writes a purchased instance and the cloud account it belongs to. The caller holds the lock on its instanceRef. */
export async function openInstance(ctx: TxCtx, purchase: Purchase): Promise<InstanceRow> {
  const { marketplace, instanceRef, accountRef, orderRef, productCode, sku } = purchase
  const cloudAccount = await seeCloudAccount(ctx, { marketplace, accountRef })
  const id = newId('instance')
  await insertInstance(ctx.db, {
    id,
    marketplace,
    instance_ref: instanceRef,
    order_ref: orderRef,
    cloud_account_id: cloudAccount.id,
    product_code: productCode,
    sku,
    items: JSON.stringify(purchase.items),
    trial: purchase.trial,
    status: purchase.status,
    expires_on: purchase.expiresOn,
    purchased_at: ctx.now(),
    status_changed_at: ctx.now(),
    confirmed_at: purchase.learnedBy === 'lookup' ? ctx.now() : null,
  })
  await record(ctx, {
    kind: 'instance.purchased',
    about: { instanceId: id, cloudAccountId: cloudAccount.id },
    detail: {
      marketplace,
      instanceRef,
      orderRef,
      productCode,
      sku,
      status: purchase.status,
      learnedBy: purchase.learnedBy,
    },
  })
  const row = await selectInstance(ctx.db, id)
  if (!row) throw new Error('The instance just written cannot be read.')
  return row
}
