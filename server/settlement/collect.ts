import type { Id } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { postCloudMoney } from './post-cloud-money.ts'
import { lockRecord } from './queries.ts'

/** Settles in the ledger what a marketplace took: what its buyer owed us, the marketplace owes us now. Doing it again changes nothing. */
export async function collect(ctx: Ctx, recordId: Id<'usageRecord'>): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const row = await lockRecord(tx.db, recordId)
    if (row?.state === 'ACCEPTED' || row?.state === 'DUPLICATE') await postCloudMoney(tx, row, 'cloud_settlement')
  })
}
