import { z } from 'zod'
import { csvFile } from './csv-file.ts'
import { endpoint } from './endpoint.ts'
import * as field from './fields.ts'
import { idOf } from './ids.ts'
import { amountAboveZero, currency } from './money.ts'
import { pageOf, pageQuery } from './paging.ts'

/** Money as decimal text with the currency's decimals; may be below zero where it was given back. */
const amount = z.string()
/** A day of a site, such as `2026-01-31`. */
const day = z.iso.date('must be a date such as 2026-01-31')
const words = z.object({ en: z.string(), zh: z.string() })

/** Where money is, or what it paid from, in the order of payment. Debt is what the payer owes; a cloud pays the rest itself. */
export const fundKinds = [
  'ordinary_voucher',
  'full_reduction_voucher',
  'prepaid_card',
  'cash',
  'debt',
  'cloud_receivable',
] as const
export const fundKind = z.enum(fundKinds)
export type FundKind = z.output<typeof fundKind>

/** An amount by kind of money. */
export const paidByKind = z.object({ fund: fundKind, amount })
export type PaidByKind = z.output<typeof paidByKind>

/** What can happen to a payer's money. */
export const moneyMoveKinds = [
  'top_up',
  'top_up_correction',
  'voucher_grant',
  'voucher_expiry',
  'prepaid_card_sale',
  'prepaid_card_expiry',
  'bill_deduction',
  'bill_refund',
  'debt_repayment',
  'cloud_settlement',
  'cloud_waiver',
  'cloud_to_debt',
] as const
export const moneyMoveKind = z.enum(moneyMoveKinds)
export type MoneyMoveKind = z.output<typeof moneyMoveKind>

// Wallet

export const wallet = z.object({
  currency,
  cash: amount,
  /** What the payer owes, 0 or more. */
  debt: amount,
  /** What vouchers and cards still hold. */
  ordinaryVouchers: amount,
  fullReductionVouchers: amount,
  prepaidCards: amount,
  /** What cloud accounts still have to be charged for; below zero: a credit against their next report. */
  cloud: z.array(z.object({ instanceId: idOf('instance'), instanceRef: z.string(), amount })),
  /** Payment providers to top up with; none: by bank transfer only. */
  onlinePayments: z.array(z.string()),
})
export type Wallet = z.output<typeof wallet>

export const readWallet = endpoint({
  name: 'readWallet',
  method: 'GET',
  path: '/v1/billing/wallet',
  access: { who: 'billing' },
  summary: 'What the Billing Center account holds and owes now',
  response: wallet,
  problems: [],
})

/** What a payer spends on one site, by the site's own days. */
const siteSpending = z.object({
  site: field.siteCode,
  today: z.object({
    day,
    /** What the usage counted so far would be billed at now. */
    total: amount,
    /** Meters with usage that no price is known for; their bill would wait for one. */
    withoutPrice: z.array(words),
  }),
  /** Bills of the site's month, days that have none yet as they would be billed now, and today. */
  monthToNow: amount,
  /** When today ends on the site: its bill comes soon after, if anything is to be paid. */
  nextBillAt: field.instant,
})
export type SiteSpending = z.output<typeof siteSpending>

export const readMoneyOverview = endpoint({
  name: 'readMoneyOverview',
  method: 'GET',
  path: '/v1/billing/money-overview',
  access: { who: 'billing' },
  summary: 'Money at a glance: what today and this month cost so far, by site, and what expires within 7 days',
  response: z.object({
    currency,
    todaySoFar: amount,
    monthToNow: amount,
    /** Sites where the account pays for a workspace, or was billed this month. */
    sites: z.array(siteSpending),
    /** Vouchers and cards that hold something and expire within 7 days, soonest first; at most 20. */
    expiring: z.array(
      z.object({
        fund: z.enum(['ordinary_voucher', 'full_reduction_voucher', 'prepaid_card']),
        id: z.string(),
        left: amount,
        expiresAt: field.instant,
      }),
    ),
  }),
  problems: [],
})

/** One thing that happened to money: what each kind of it gained (above zero) or lost. */
export const moneyMove = z.object({
  id: idOf('ledgerTransaction'),
  at: field.instant,
  kind: moneyMoveKind,
  /** Id of what happened: a top-up, voucher, card, bill or report to a marketplace. */
  about: z.string(),
  /** The bill that took or gave back the money; null for everything else. */
  bill: z.object({ id: idOf('dailyBill'), site: field.siteCode, day }).nullable(),
  changes: z.array(
    z.object({
      fund: fundKind,
      /** Which voucher, card or instance; null for cash and debt. */
      id: z.string().nullable(),
      amount,
    }),
  ),
})
export type MoneyMove = z.output<typeof moneyMove>

const moveFilter = z.object({
  /** Moves at or after, and before, these instants. */
  from: field.instant.optional(),
  until: field.instant.optional(),
  fund: fundKind.optional(),
})

export const listMoneyMoves = endpoint({
  name: 'listMoneyMoves',
  method: 'GET',
  path: '/v1/billing/money-moves',
  access: { who: 'billing' },
  summary: 'Income and expenses: every change of cash, vouchers, cards and debt, latest first',
  query: pageQuery.extend(moveFilter.shape),
  response: pageOf(moneyMove),
  problems: [],
})

export const exportMoneyMoves = endpoint({
  name: 'exportMoneyMoves',
  method: 'GET',
  path: '/v1/billing/money-moves.csv',
  access: { who: 'billing' },
  summary: 'Income and expenses as CSV, one line for each change of each kind of money, oldest first',
  query: moveFilter,
  response: csvFile,
  answeredAs: 'text/csv',
  problems: [],
})

const expiring = {
  currency,
  /** Face value, and what is left of it. */
  amount,
  left: amount,
  /** `used`: nothing is left; `expired`: what was left is gone. */
  state: z.enum(['usable', 'used', 'expired']),
  note: z.string(),
  expiresAt: field.instant,
}

export const voucher = z.object({
  id: idOf('voucher'),
  /** Both pay everything but SMS and synthetic tests; ordinary ones are used first. */
  kind: z.enum(['ordinary_voucher', 'full_reduction_voucher']),
  ...expiring,
  grantedAt: field.instant,
})
export type Voucher = z.output<typeof voucher>

export const listVouchers = endpoint({
  name: 'listVouchers',
  method: 'GET',
  path: '/v1/billing/vouchers',
  access: { who: 'billing' },
  summary: 'Vouchers of this Billing Center account, latest granted first',
  query: pageQuery,
  response: pageOf(voucher),
  problems: [],
})

export const prepaidCard = z.object({ id: idOf('prepaidCard'), ...expiring, soldAt: field.instant })
export type PrepaidCard = z.output<typeof prepaidCard>

export const listPrepaidCards = endpoint({
  name: 'listPrepaidCards',
  method: 'GET',
  path: '/v1/billing/prepaid-cards',
  access: { who: 'billing' },
  summary: 'Prepaid cards of this Billing Center account, latest sold first',
  query: pageQuery,
  response: pageOf(prepaidCard),
  problems: [],
})

export const topUp = z.object({
  id: idOf('topUp'),
  currency,
  amount,
  /** `bank_transfer`, or the code of a payment provider. */
  provider: z.string(),
  state: z.enum(['started', 'credited', 'failed']),
  note: z.string(),
  startedAt: field.instant,
  endedAt: field.instant.nullable(),
})
export type TopUp = z.output<typeof topUp>

export const listTopUps = endpoint({
  name: 'listTopUps',
  method: 'GET',
  path: '/v1/billing/top-ups',
  access: { who: 'billing' },
  summary: 'Top-ups of this Billing Center account, latest first',
  query: pageQuery,
  response: pageOf(topUp),
  problems: [],
})

export const readTopUp = endpoint({
  name: 'readTopUp',
  method: 'GET',
  path: '/v1/billing/top-ups/:topUpId',
  access: { who: 'billing' },
  summary: 'One top-up, as the page shows it after coming back from the payment provider',
  params: z.object({ topUpId: idOf('topUp') }),
  response: topUp,
  problems: [],
})

export const startTopUp = endpoint({
  name: 'startTopUp',
  method: 'POST',
  path: '/v1/billing/top-ups',
  access: { who: 'billing' },
  summary: 'Begin to pay in money online; the browser goes on to the payment provider',
  body: z.object({
    requestKey: field.requestKey,
    /** One of the wallet's `onlinePayments`. */
    provider: z.string().min(1).max(40),
    /** In the account's currency. */
    amount: amountAboveZero,
  }),
  response: z.object({ id: idOf('topUp'), redirectUrl: z.string() }),
  problems: ['top_up_not_offered', 'amount_too_fine', 'top_up_over'],
})
