import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { decideBillOutcome } from './decide-bill-outcome.ts'
import type { BillOutcome } from './decide-bill-outcome.ts'
import { lockMeteredBill, lockMeteredParts, selectBillsToSettle, updateSettledBill } from './metered-bill-queries.ts'
import type { BillOfInstance, MeteredPart } from './metered-bill-queries.ts'
import { postBillMoney, postUncollectedPart, readCloudAmount } from './post-bill-money.ts'

const atOnce = 200

/**
 * Settles what bills leave to instances whose products are reported by meter, wherever all reports have come to their end. Each in a
 * transaction of its own. Returns how many were settled.
 */
export async function settleBills(ctx: Ctx): Promise<number> {
  let settled = 0
  for (;;) {
    const due = await selectBillsToSettle(ctx.db, atOnce)
    for (const bill of due) await inTransaction(ctx, (tx) => settleBill(tx, bill))
    settled += due.length
    if (due.length < atOnce) return settled
  }
}

/** Settles one bill's share of an instance, in the caller's transaction; nothing happens while a report is on its way, or again. */
export async function settleBill(ctx: TxCtx, of: BillOfInstance): Promise<void> {
  const row = await lockMeteredBill(ctx.db, of)
  if (!row || row.settled_at !== null) return
  const bill = await readCloudAmount(ctx, of)
  const parts = await lockMeteredParts(ctx.db, of)
  const { amount, unreported } = row
  const outcome = decideBillOutcome({ currency: bill.currency, amount, unreported, parts })
  if (outcome === null) return
  await updateSettledBill(ctx.db, { ...of, outcome, at: ctx.now() })
  const { collected, waived, uncollected } = outcome
  await postBillMoney(ctx, bill, { kind: 'cloud_settlement', amount: collected })
  await postBillMoney(ctx, bill, { kind: 'cloud_waiver', amount: waived })
  for (const lost of decidedOf(parts, outcome)) await postUncollectedPart(ctx, bill, lost)
  await record(ctx, {
    kind: 'bill.cloud_settled',
    about: { billId: of.billId, instanceId: of.instanceId, billingAccountId: bill.billingAccountId },
    detail: { currency: bill.currency, amount: bill.amount, collected, waived, uncollected },
  })
}

/** What of it somebody had decided about before the bill was settled; the rest is posted when they do. */
function decidedOf(parts: readonly MeteredPart[], { refused }: BillOutcome) {
  return refused.flatMap(({ recordId, amount }) => {
    const choice = parts.find((part) => part.recordId === recordId)?.decided
    return choice ? [{ recordId, choice, amount }] : []
  })
}
