import type { BillingAccountId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { record } from '../platform/record.ts'
import { answerPayerDay, lockParkedDay, selectDay } from './close-queries.ts'
import { issueBill, type BillAnswer } from './issue-bill.ts'
import { loadPayers } from './load-payers.ts'

/** Makes a parked bill anew, after what parked it was mended; it may be parked again. Throws `bill_not_parked`. */
export async function retryParkedBill(
  ctx: Ctx,
  of: { site: string; day: string; billingAccountId: BillingAccountId },
): Promise<BillAnswer> {
  const day = await selectDay(ctx.db, of.site, of.day)
  if (!day) throw new Problem('bill_not_parked')
  await inTransaction(ctx, async (tx) => {
    if (!(await lockParkedDay(tx.db, of))) throw new Problem('bill_not_parked')
    await answerPayerDay(tx.db, { ...of, answer: { state: 'open' }, at: tx.now() })
    const { billingAccountId, ...detail } = of
    await record(tx, { kind: 'bill.retried', about: { billingAccountId }, detail })
  })
  const [payer] = await loadPayers(ctx, { ...of, usageCut: day.usage_cut, payers: [of.billingAccountId] })
  if (!payer) throw new Problem('bill_not_parked')
  return issueBill(ctx, payer)
}
