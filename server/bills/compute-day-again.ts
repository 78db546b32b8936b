import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import type { Id } from '../../contract/ids.ts'
import { record } from '../platform/record.ts'
import { selectBilledPayers, selectDay } from './close-queries.ts'
import { withTerms } from './load-late-days.ts'
import { loadPayers } from './load-payers.ts'
import { leavingOut, planPayerDay } from './plan-payer-day.ts'

const payersAtOnce = 100

/**
 * Computes every bill of a closed day again, from usage up to the day's cut, the terms and prices of the day, and compares hashes. The
 * bills stay as they are; one that would come out otherwise is named, and recorded as `bill.differs`.
 */
export async function computeDayAgain(
  ctx: Ctx,
  of: { site: string; day: string },
): Promise<{ bills: number; different: Id<'dailyBill'>[] }> {
  const day = await selectDay(ctx.db, of.site, of.day)
  if (!day) throw new Problem('not_found')
  const different: Id<'dailyBill'>[] = []
  let bills = 0
  let after = ''
  for (;;) {
    const billed = await selectBilledPayers(ctx.db, { ...of, after, limit: payersAtOnce })
    const payers = billed.map((bill) => bill.billing_account_id)
    const loaded = await loadPayers(ctx, { ...of, usageCut: day.usage_cut, payers })
    const byPayer = new Map(loaded.map((payer) => [payer.billingAccountId, payer]))
    for (const { id, billing_account_id, hash, late, left_out } of billed) {
      const payer = byPayer.get(billing_account_id)
      const plan = payer ? planPayerDay(leavingOut(payer, left_out ?? []), await withTerms(ctx, late ?? [])) : null
      bills += 1
      if (plan?.state !== 'planned' || plan.hash !== hash) different.push(id)
    }
    if (billed.length < payersAtOnce) break
    after = payers.at(-1) ?? after
  }
  if (different.length > 0) await tell(ctx, different)
  return { bills, different }
}

async function tell(ctx: Ctx, different: readonly Id<'dailyBill'>[]): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    for (const billId of different) await record(tx, { kind: 'bill.differs', about: { billId } })
  })
}
