import type { BillingAccountId, Id } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { TxCtx } from '../context.ts'
import type { BillLine } from './bill-line.ts'
import { fundsOf, paidBill, type PaidBill } from './bill-money.ts'
import { selectFunds, selectPartsOfTotal } from './bill-queries.ts'
import { planDeduction, type PaidPart } from './deduction.ts'
import { lockMoney } from './ledger-queries.ts'
import { transactionFor, type LedgerEvent } from './ledger.ts'
import { postTransaction } from './post-transaction.ts'
import { planRefund, stillPaid, type PaymentMove, type Refund } from './refund.ts'

interface Payable {
  billId: Id<'dailyBill'>
  billingAccountId: BillingAccountId
  currency: Currency
  day: string
  lines: readonly BillLine[]
}

/**
 * Moves the money of a bill in the caller's commit: lines below zero give back first, to what paid before; then vouchers, cards,
 * cash and debt, or the cloud, pay the charges in their order.
 */
export async function payBill(ctx: TxCtx, bill: Payable): Promise<PaidBill> {
  await lockMoney(ctx.db, bill.billingAccountId)
  const refunded = await giveBack(ctx, bill)
  const charged = await takePayment(ctx, bill)
  return paidBill(bill.currency, charged, refunded)
}

async function giveBack(ctx: TxCtx, bill: Payable): Promise<PaidPart[]> {
  const lines = bill.lines.filter((line) => line.amount.startsWith('-'))
  if (lines.length === 0) return []
  const refunds: Refund[] = []
  for (const line of lines) refunds.push(await refundOf(ctx, bill, line))
  const { debt } = await readFunds(ctx, bill)
  const parts = planRefund({ currency: bill.currency, refunds, debt })
  await post(ctx, bill, { kind: 'bill_refund', billId: bill.billId, parts })
  return parts
}

async function refundOf(ctx: TxCtx, bill: Payable, line: BillLine): Promise<Refund> {
  const usageDay = line.kind === 'adjustment' ? line.adjustsDay : bill.day
  const before = await selectPartsOfTotal(ctx.db, { ...line, usageDay })
  const moves = before.flatMap(({ amount, parts }): PaymentMove[] =>
    amount.startsWith('-')
      ? parts.map((part) => ({ kind: 'refunded', amount: part.amount }))
      : parts.map((part) => ({ kind: 'paid', ...part })),
  )
  return { key: line.key, amount: line.amount.slice(1), paidBy: stillPaid(bill.currency, moves) }
}

async function takePayment(ctx: TxCtx, bill: Payable): Promise<PaidPart[]> {
  const charges = bill.lines.filter((line) => !line.amount.startsWith('-'))
  const { debt: _owed, ...funds } = await readFunds(ctx, bill)
  const { parts } = planDeduction({ currency: bill.currency, now: ctx.now(), charges, ...funds })
  if (parts.length > 0) await post(ctx, bill, { kind: 'bill_deduction', billId: bill.billId, parts })
  return parts
}

async function readFunds(ctx: TxCtx, { billingAccountId, currency }: Payable) {
  return fundsOf(await selectFunds(ctx.db, [billingAccountId]), currency)
}

async function post(ctx: TxCtx, bill: Payable, event: LedgerEvent): Promise<void> {
  const { posted } = await postTransaction(
    ctx,
    transactionFor({ owner: bill.billingAccountId, currency: bill.currency, event }),
  )
  if (!posted) throw new Error(`The ${event.kind} of ${bill.billId} is posted already.`)
}
