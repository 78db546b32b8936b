import type { BillingAccountId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { record } from '../platform/record.ts'
import { selectDay } from './close-queries.ts'
import { issueBill, type BillAnswer } from './issue-bill.ts'
import { loadPayers } from './load-payers.ts'

/** Makes a parked bill anew, after what parked it was mended; it may be parked again. Throws `bill_not_parked`. */
export async function retryParkedBill(
  ctx: Ctx,
  of: {
    site: string
    day: string
    billingAccountId: BillingAccountId
    /** What happens to usage that still has no price: parked again unless told to leave it out, which gives up charging for it. */
    unpriced?: 'park' | 'leave_out'
  },
): Promise<BillAnswer> {
  const { billingAccountId, site, day, unpriced = 'park' } = of
  const closed = await selectDay(ctx.db, site, day)
  if (!closed) throw new Problem('bill_not_parked')
  const [payer] = await loadPayers(ctx, { site, day, usageCut: closed.usage_cut, payers: [billingAccountId] })
  if (!payer) throw new Problem('bill_not_parked')
  const answer = await issueBill(ctx, payer, { from: 'parked', unpriced })
  if (answer.state === 'answered') throw new Problem('bill_not_parked')
  await inTransaction(ctx, (tx) =>
    record(tx, {
      kind: 'bill.retried',
      about: { billingAccountId },
      detail: { site, day, unpriced, answer: answer.state },
    }),
  )
  return answer
}
