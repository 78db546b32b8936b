import { newId } from '../../contract/ids.ts'
import type { Id } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import type { UnpricedUsage } from '../rating/rate-usage.ts'
import { insertBillLines, insertCloudAmounts, insertDailyBills } from './bill-queries.ts'
import { answerPayerDay, lockPayerDay } from './close-queries.ts'
import { loadLateDays, withTerms } from './load-late-days.ts'
import type { PayerDay } from './load-payers.ts'
import { payBill } from './pay-bill.ts'
import type { DailyBill } from './plan-daily-bill.ts'
import { leavingOut, planPayerDay, unpricedOf } from './plan-payer-day.ts'
import type { StoredLateDay, StoredParkReason } from './tables.ts'

export type BillAnswer =
  | { state: 'issued'; billId: Id<'dailyBill'> }
  | { state: 'nothing' }
  | { state: 'parked'; reasons: StoredParkReason[] }
  /** Somebody else answered it meanwhile. */
  | { state: 'answered' }

export interface BillOrder {
  /** How the payer's day has to stand: not answered yet, or parked. */
  from: 'open' | 'parked'
  /** What becomes of usage without a price. */
  unpriced: 'park' | 'leave_out'
}

/** Ends the transaction, so that late days taken for the bill are there again. */
class Parked extends Error {
  readonly reasons: StoredParkReason[]
  constructor(reasons: StoredParkReason[]) {
    super('parked')
    this.reasons = reasons
  }
}

/**
 * Answers a payer's day in one commit: the bill with its lines, what paid them, and the event that tells others; or that there is
 * nothing to bill. A bill that cannot be right is parked in a commit of its own, and holds up nobody else. With `leave_out`, usage of
 * the day that no price is known for is left out, and kept with the bill.
 */
export async function issueBill(
  ctx: Ctx,
  payer: PayerDay,
  order: BillOrder = { from: 'open', unpriced: 'park' },
): Promise<BillAnswer> {
  try {
    return await inTransaction(ctx, (tx) => issue(tx, payer, order))
  } catch (error) {
    const reasons = reasonsOf(error)
    if (!reasons) throw error
    return inTransaction(ctx, (tx) => park(tx, payer, order, reasons))
  }
}

/** A rule that refuses its input speaks of this payer only; anything else is a fault of ours, or of the database. */
function reasonsOf(error: unknown): StoredParkReason[] | null {
  if (error instanceof Parked) return error.reasons
  return error instanceof RangeError ? [{ reason: 'cannot_be_computed', message: error.message }] : null
}

async function issue(ctx: TxCtx, payer: PayerDay, order: BillOrder): Promise<BillAnswer> {
  const { state, parkedBefore } = await lockPayerDay(ctx.db, payer)
  if (state !== order.from) return { state: 'answered' }
  const late = parkedBefore ? [] : await loadLateDays(ctx, payer)
  const lateDays = await withTerms(ctx, late)
  const whole = planPayerDay(payer, lateDays)
  const leftOut = order.unpriced === 'leave_out' && whole.state === 'parked' ? unpricedOf(payer.day, whole.reasons) : []
  const plan = leftOut.length === 0 ? whole : planPayerDay(leavingOut(payer, leftOut), lateDays)
  if (plan.state === 'parked') throw new Parked(plan.reasons)
  if (plan.bill.lines.length === 0) {
    await answerPayerDay(ctx.db, { ...payer, answer: { state: 'nothing' }, at: ctx.now() })
    return { state: 'nothing' }
  }
  const billId = newId('dailyBill')
  await write(ctx, { payer, billId, late, leftOut, bill: plan.bill, hash: plan.hash })
  return { state: 'issued', billId }
}

async function write(
  ctx: TxCtx,
  of: {
    payer: PayerDay
    billId: Id<'dailyBill'>
    late: StoredLateDay[]
    leftOut: UnpricedUsage[]
    bill: DailyBill
    hash: string
  },
): Promise<void> {
  const { billId, bill, hash, late, leftOut } = of
  const { billingAccountId, site, day } = of.payer
  const { currency, lines, total, usageCut } = bill
  const at = ctx.now()
  const paid = await payBill(ctx, { billId, billingAccountId, currency, day, lines })
  await insertDailyBills(ctx.db, [
    {
      id: billId,
      billing_account_id: billingAccountId,
      site,
      day,
      currency,
      total,
      line_count: lines.length,
      usage_cut: usageCut,
      hash,
      late: late.length > 0 ? JSON.stringify(late) : null,
      left_out: leftOut.length > 0 ? JSON.stringify(leftOut) : null,
      paid_by: JSON.stringify(paid.paidBy),
      issued_at: at,
    },
  ])
  const paidLines = lines.map((line) => ({ line, parts: paid.parts.get(line.key) ?? [] }))
  await insertBillLines(ctx.db, [{ billId, day, lines: paidLines }])
  await insertCloudAmounts(
    ctx.db,
    paid.cloud.map((amount) => ({ billId, ...amount })),
  )
  await answerPayerDay(ctx.db, { ...of.payer, answer: { state: 'issued', billId }, at })
  await record(ctx, {
    kind: 'bill.issued',
    about: { billId, billingAccountId },
    detail: { site, day, currency, total, lines: lines.length, ...(leftOut.length > 0 && { leftOut }) },
  })
}

async function park(ctx: TxCtx, payer: PayerDay, order: BillOrder, reasons: StoredParkReason[]): Promise<BillAnswer> {
  const { state } = await lockPayerDay(ctx.db, payer)
  if (state !== order.from) return { state: 'answered' }
  const { site, day, billingAccountId } = payer
  await answerPayerDay(ctx.db, { ...payer, answer: { state: 'parked', reasons }, at: ctx.now() })
  ctx.log.error(
    { site, day, billingAccountId, reasons: reasons.slice(0, 5) },
    'A bill is parked until somebody clears it',
  )
  await record(ctx, {
    kind: 'bill.parked',
    about: { billingAccountId },
    detail: { site, day, reasons: reasons.slice(0, 20), count: reasons.length },
  })
  return { state: 'parked', reasons }
}
