import { newId } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { record } from '../platform/record.ts'
import { addDays, daysOfMonth, monthOf, siteDayOf } from '../workspaces/site-day.ts'
import { grouped } from './load-payers.ts'
import {
  insertMonthlyBill,
  selectClosedSpan,
  selectMonthLines,
  selectUnansweredDays,
  selectWantedMonths,
  type WantedMonth,
} from './monthly-queries.ts'
import { monthlyBillAvailableAt, planMonthlyBill, type MonthlyBillPlan, type SettledDay } from './monthly.ts'

/** How many past months are looked at, for those a parked day has held back. */
const monthsBack = 12
const payersAtOnce = 100

interface Month {
  site: string
  timeZone: string
  month: string
}

/**
 * Issues every monthly bill that is due: the 3rd of the next month is over on the site, and every day of the month has its answer. A
 * payer with a parked day waits alone. Returns how many were issued.
 */
export async function issueMonthlyBills(ctx: Ctx): Promise<number> {
  let issued = 0
  for (const { code: site, timeZone } of ctx.services.config.catalogue.sites) {
    const closed = await selectClosedSpan(ctx.db, site)
    if (!closed) continue
    for (const month of pastMonths(siteDayOf(ctx.now(), timeZone))) {
      if (ctx.now() < monthlyBillAvailableAt(month, timeZone) || monthOf(closed.first) > month) continue
      issued += await issueMonth(ctx, { site, timeZone, month }, closed)
    }
  }
  return issued
}

/** Months before that of a day, oldest first. */
function pastMonths(today: string): string[] {
  const months: string[] = []
  let first = `${monthOf(today)}-01`
  while (months.length < monthsBack) {
    const month = monthOf(addDays(first, -1))
    months.unshift(month)
    first = `${month}-01`
  }
  return months
}

async function issueMonth(ctx: Ctx, month: Month, closed: { first: string; last: string }): Promise<number> {
  const notClosed = daysOfMonth(month.month).filter((day) => day >= closed.first && day > closed.last)
  if (notClosed.length > 0) return 0
  let issued = 0
  let after = ''
  for (;;) {
    const payers = await selectWantedMonths(ctx.db, { ...month, after, limit: payersAtOnce })
    for (const payer of payers) issued += (await issueOne(ctx, month, payer)) ? 1 : 0
    if (payers.length < payersAtOnce) return issued
    after = payers.at(-1)?.billingAccountId ?? after
  }
}

async function issueOne(ctx: Ctx, month: Month, payer: WantedMonth): Promise<boolean> {
  const of = { billingAccountId: payer.billingAccountId, site: month.site, month: month.month }
  if ((await selectUnansweredDays(ctx.db, of)).length > 0) return false
  const plan = await planMonth(ctx, month, payer)
  if (plan.state !== 'planned') {
    ctx.log.error({ ...of, plan }, 'A monthly bill waits for what was moved for its days')
    return false
  }
  const { bill, text, hash } = plan
  return inTransaction(ctx, async (tx) => {
    const id = newId('monthlyBill')
    if (!(await insertMonthlyBill(tx.db, { id, bill, text, hash, at: tx.now() }))) return false
    await record(tx, {
      kind: 'monthly_bill.issued',
      about: { monthlyBillId: id, billingAccountId: payer.billingAccountId },
      detail: { site: month.site, month: month.month, currency: bill.currency, total: bill.total },
    })
    return true
  })
}

async function planMonth(ctx: Ctx, month: Month, payer: WantedMonth): Promise<MonthlyBillPlan> {
  const of = { billingAccountId: payer.billingAccountId, site: month.site, month: month.month }
  const rows = await selectMonthLines(ctx.db, of)
  return planMonthlyBill({
    ...of,
    zone: month.timeZone,
    currency: payer.currency,
    now: ctx.now(),
    days: [...grouped(rows, (row) => row.day)].map(([day, lines]) => settledDay({ ...of, day }, lines)),
    openDays: [],
  })
}

function settledDay(
  of: { billingAccountId: string; site: string; day: string },
  rows: Awaited<ReturnType<typeof selectMonthLines>>,
): SettledDay {
  const [first] = rows
  if (!first) throw new RangeError(`days: the bill of ${of.day} has no lines`)
  const { currency, total, usage_cut: usageCut } = first
  const parts = (back: boolean) =>
    rows
      .filter(({ line }) => line.amount.startsWith('-') === back)
      .flatMap((row) => row.parts.map((part) => ({ key: row.line.key, ...part })))
  return {
    bill: { kind: 'daily', ...of, currency, usageCut, lines: rows.map(({ line }) => line), total },
    deducted: parts(false),
    refunded: parts(true),
  }
}
