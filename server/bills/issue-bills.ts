import { newId } from '../../contract/ids.ts'
import type { Id } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { recordAll } from '../platform/record.ts'
import { fundsOf, paidBill, type PaidBill } from './bill-money.ts'
import { insertBillLines, insertCloudAmounts, insertDailyBills, selectFunds } from './bill-queries.ts'
import { answerIssued, lockOpenPayers, selectSpecialPayers } from './close-queries.ts'
import { planDeduction, type PaidPart } from './deduction.ts'
import { issueBill, type BillAnswer } from './issue-bill.ts'
import { insertNewTransactions, lockMoneyOf } from './ledger-queries.ts'
import { transactionFor } from './ledger.ts'
import { grouped, type PayerDay } from './load-payers.ts'
import type { DailyBill } from './plan-daily-bill.ts'
import { planPayerDay } from './plan-payer-day.ts'

/** A planned bill that holds nothing but charges. */
interface PlainBill {
  payer: PayerDay
  bill: DailyBill
  hash: string
}

interface PaidPlainBill extends PlainBill {
  billId: Id<'dailyBill'>
  charged: PaidPart[]
  paid: PaidBill
}

/**
 * Answers the same day of many payers. What most bills are, charges of the day and nothing else, is written together in one commit,
 * each bill with its lines, its money and its event; everything special (late usage, refunds, parked bills) goes one by one.
 */
export async function issueBills(ctx: Ctx, payers: readonly PayerDay[]): Promise<BillAnswer['state'][]> {
  const [first] = payers
  if (!first) return []
  const { site, day } = first
  const special = await selectSpecialPayers(ctx.db, { site, day, payers: payers.map((each) => each.billingAccountId) })
  const plain = payers.flatMap((payer) => (special.has(payer.billingAccountId) ? [] : plainBill(payer)))
  const issued = new Set(await inTransaction(ctx, (tx) => issueTogether(tx, { site, day, plain })))
  const states = Array.from(issued, (): BillAnswer['state'] => 'issued')
  for (const payer of payers) {
    if (!issued.has(payer)) states.push((await issueBill(ctx, payer)).state)
  }
  return states
}

/** The bill, where it can be planned and charges something; a rule that refuses its input is met again one by one. */
function plainBill(payer: PayerDay): PlainBill[] {
  const plan = unlessRefused(() => planPayerDay(payer, []))
  if (plan?.state !== 'planned' || plan.bill.lines.length === 0) return []
  return [{ payer, bill: plan.bill, hash: plan.hash }]
}

function unlessRefused<Result>(decide: () => Result): Result | null {
  try {
    return decide()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

async function issueTogether(
  ctx: TxCtx,
  of: { site: string; day: string; plain: readonly PlainBill[] },
): Promise<PayerDay[]> {
  const { site, day } = of
  if (of.plain.length === 0) return []
  const owners = of.plain.map(({ payer }) => payer.billingAccountId)
  const open = await lockOpenPayers(ctx.db, { site, day, payers: owners })
  await lockMoneyOf(ctx.db, owners)
  const funds = grouped(await selectFunds(ctx.db, owners), (row) => row.owner)
  const bills = of.plain
    .filter(({ payer }) => open.has(payer.billingAccountId))
    .flatMap((plain) => payFrom(plain, funds.get(plain.payer.billingAccountId) ?? [], ctx.now()))
  if (bills.length > 0) await write(ctx, { site, day, bills })
  return bills.map(({ payer }) => payer)
}

function payFrom(plain: PlainBill, rows: Parameters<typeof fundsOf>[0], now: Date): PaidPlainBill[] {
  const { currency, lines } = plain.bill
  const deduction = unlessRefused(() => {
    const { debt: _owed, ...funds } = fundsOf(rows, currency)
    return planDeduction({ currency, now, charges: lines, ...funds })
  })
  if (!deduction) return []
  const charged = deduction.parts
  return [{ ...plain, billId: newId('dailyBill'), charged, paid: paidBill(currency, charged, []) }]
}

async function write(ctx: TxCtx, of: { site: string; day: string; bills: readonly PaidPlainBill[] }): Promise<void> {
  const { site, day, bills } = of
  const at = ctx.now()
  await insertNewTransactions(ctx.db, bills.flatMap(deductionOf), at)
  await insertDailyBills(
    ctx.db,
    bills.map(({ payer, billId, bill, hash, paid }) => ({
      id: billId,
      billing_account_id: payer.billingAccountId,
      site,
      day,
      currency: bill.currency,
      total: bill.total,
      line_count: bill.lines.length,
      usage_cut: bill.usageCut,
      hash,
      late: null,
      left_out: null,
      paid_by: JSON.stringify(paid.paidBy),
      issued_at: at,
    })),
  )
  await insertBillLines(
    ctx.db,
    bills.map(({ billId, bill, paid }) => ({
      billId,
      day,
      lines: bill.lines.map((line) => ({ line, parts: paid.parts.get(line.key) ?? [] })),
    })),
  )
  await insertCloudAmounts(
    ctx.db,
    bills.flatMap(({ billId, paid }) => paid.cloud.map((amount) => ({ billId, ...amount }))),
  )
  await answerIssued(ctx.db, {
    site,
    day,
    bills: bills.map(({ payer, billId }) => ({ billId, billingAccountId: payer.billingAccountId })),
    at,
  })
  await recordAll(
    ctx,
    bills.map(({ payer, billId, bill: { currency, total, lines } }) => ({
      kind: 'bill.issued',
      about: { billId, billingAccountId: payer.billingAccountId },
      detail: { site, day, currency, total, lines: lines.length },
    })),
  )
}

function deductionOf({ payer, billId, bill, charged }: PaidPlainBill) {
  if (charged.length === 0) return []
  const event = { kind: 'bill_deduction', billId, parts: charged } as const
  const transaction = transactionFor({ owner: payer.billingAccountId, currency: bill.currency, event })
  return [{ id: newId('ledgerTransaction'), transaction }]
}
