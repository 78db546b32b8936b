import type { BillingAccountId, Id, InstanceId } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { TxCtx } from '../context.ts'
import { amountText, Decimal } from '../rating/decimal.ts'
import type { BillLine } from './bill-line.ts'
import { selectFunds, selectPartsOfTotal } from './bill-queries.ts'
import { compareTexts } from './canonical.ts'
import { planDeduction, type ExpiringFund, type PaidPart } from './deduction.ts'
import { lockMoney } from './ledger-queries.ts'
import { transactionFor, type LedgerEvent } from './ledger.ts'
import { postTransaction } from './post-transaction.ts'
import { planRefund, stillPaid, type PaymentMove, type Refund } from './refund.ts'
import type { LinePart, PaidByKind } from './tables.ts'

export interface PaidBill {
  /** By key of the line: what paid it, or where the money of a line below zero went. */
  parts: ReadonlyMap<string, LinePart[]>
  /** What is left to each cloud, net of what went back to it. */
  cloud: { instanceId: InstanceId; amount: string }[]
  paidBy: PaidByKind
}

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
  const parts = new Map<string, LinePart[]>()
  for (const { key, source, amount } of [...refunded, ...charged]) {
    parts.set(key, [...(parts.get(key) ?? []), { source, amount }])
  }
  return { parts, ...netOf(bill.currency, charged, refunded) }
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
  const rows = await selectFunds(ctx.db, billingAccountId, currency)
  const text = (value: string) => amountText(new Decimal(value), currency)
  const balanceOf = (kind: 'cash' | 'debt') => rows.find((row) => row.kind === kind)?.balance ?? '0'
  const expiring = (kind: 'ordinary_voucher' | 'full_reduction_voucher' | 'prepaid_card'): ExpiringFund[] =>
    rows.flatMap((row) =>
      row.kind === kind && row.about && row.expiresAt
        ? [{ id: row.about, balance: text(row.balance), expiresAt: row.expiresAt }]
        : [],
    )
  return {
    ordinaryVouchers: expiring('ordinary_voucher'),
    fullReductionVouchers: expiring('full_reduction_voucher'),
    prepaidCards: expiring('prepaid_card'),
    cash: text(balanceOf('cash')),
    debt: amountText(new Decimal(balanceOf('debt')).negated(), currency),
  }
}

async function post(ctx: TxCtx, bill: Payable, event: LedgerEvent): Promise<void> {
  const { posted } = await postTransaction(
    ctx,
    transactionFor({ owner: bill.billingAccountId, currency: bill.currency, event }),
  )
  if (!posted) throw new Error(`The ${event.kind} of ${bill.billId} is posted already.`)
}

function netOf(
  currency: Currency,
  charged: readonly PaidPart[],
  refunded: readonly PaidPart[],
): Pick<PaidBill, 'cloud' | 'paidBy'> {
  const kinds = new Map<PaidByKind[number]['kind'], Decimal>()
  const cloud = new Map<string, Decimal>()
  const add = ({ source, amount }: PaidPart, sign: 1 | -1) => {
    const value = new Decimal(amount).times(sign)
    kinds.set(source.kind, (kinds.get(source.kind) ?? new Decimal(0)).plus(value))
    if (source.kind === 'cloud_receivable') {
      cloud.set(source.instanceId, (cloud.get(source.instanceId) ?? new Decimal(0)).plus(value))
    }
  }
  for (const part of charged) add(part, 1)
  for (const part of refunded) add(part, -1)
  return {
    paidBy: [...kinds].map(([kind, value]) => ({ kind, amount: amountText(value, currency) })),
    cloud: [...cloud]
      .filter(([, value]) => !value.isZero())
      .toSorted(([a], [b]) => compareTexts(a, b))
      .map(([instanceId, value]) => ({ instanceId: instanceId as InstanceId, amount: amountText(value, currency) })),
  }
}
