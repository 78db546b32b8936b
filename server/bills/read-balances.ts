import type { BillingAccountId, InstanceId } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { Ctx } from '../context.ts'
import { readBillingAccount } from '../identity/find-account.ts'
import { amountText, Decimal } from '../rating/decimal.ts'
import { selectHoldings } from './ledger-queries.ts'

/** What a payer has and owes, each amount 0 or more unless it says otherwise. */
export interface Balances {
  currency: Currency
  cash: string
  /** What the payer owes us. */
  debt: string
  ordinaryVouchers: string
  fullReductionVouchers: string
  prepaidCards: string
  /** What cloud accounts still owe for their instances; below zero where a refund left a credit. */
  cloudReceivable: { instanceId: InstanceId; amount: string }[]
  /** What is left of each voucher and card, by id. */
  left: ReadonlyMap<string, string>
}

/** What a Billing Center account holds now, in its currency. */
export async function readBalances(ctx: Ctx, billingAccountId: BillingAccountId): Promise<Balances> {
  const { currency } = await readBillingAccount(ctx, billingAccountId)
  const holdings = (await selectHoldings(ctx.db, billingAccountId)).filter((each) => each.currency === currency)
  const text = (value: Decimal) => amountText(value, currency)
  const sumOf = (kind: (typeof holdings)[number]['kind']) =>
    holdings.filter((each) => each.kind === kind).reduce((sum, each) => sum.plus(each.balance), new Decimal(0))
  return {
    currency,
    cash: text(sumOf('cash')),
    debt: text(sumOf('debt').negated()),
    ordinaryVouchers: text(sumOf('ordinary_voucher')),
    fullReductionVouchers: text(sumOf('full_reduction_voucher')),
    prepaidCards: text(sumOf('prepaid_card')),
    cloudReceivable: holdings
      .filter((each) => each.kind === 'cloud_receivable')
      .map((each) => ({ instanceId: each.about as InstanceId, amount: text(new Decimal(each.balance).negated()) })),
    left: new Map(holdings.flatMap((each) => (each.about ? [[each.about, text(new Decimal(each.balance))]] : []))),
  }
}
