import { newId } from '../../contract/ids.ts'
import type { TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { insertCloudAccount, selectCloudAccountByRef } from './queries.ts'
import type { CloudAccountRow } from './queries.ts'

/** A buyer's account at a marketplace, kept from the first time it is heard of; nobody holds it yet. */
export async function seeCloudAccount(
  ctx: TxCtx,
  seen: { marketplace: string; accountRef: string },
): Promise<CloudAccountRow> {
  const known = await selectCloudAccountByRef(ctx.db, seen.marketplace, seen.accountRef)
  if (known) return known
  const created = await insertCloudAccount(ctx.db, {
    id: newId('cloudAccount'),
    marketplace: seen.marketplace,
    account_ref: seen.accountRef,
    billing_account_id: null,
    bound_at: null,
    created_at: ctx.now(),
  })
  if (!created) return seenMeanwhile(ctx, seen)
  await record(ctx, {
    kind: 'cloud_account.seen',
    about: { cloudAccountId: created.id },
    detail: { marketplace: seen.marketplace, accountRef: seen.accountRef },
  })
  return created
}

/** Two notifications at once: the other one made the row and has committed. */
async function seenMeanwhile(ctx: TxCtx, seen: { marketplace: string; accountRef: string }): Promise<CloudAccountRow> {
  const row = await selectCloudAccountByRef(ctx.db, seen.marketplace, seen.accountRef)
  if (!row) throw new Error('A cloud account was refused as known and cannot be found.')
  return row
}
