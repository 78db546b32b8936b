import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import * as field from './fields.ts'
import { idOf } from './ids.ts'
import { amountAboveZero, currency } from './money.ts'
import { pageOf, pageQuery } from './paging.ts'
import { moneyMove, wallet } from './wallet.ts'

const amount = z.string()
/** A day of a site, such as `2026-01-31`. */
const day = z.iso.date('must be a date such as 2026-01-31')
const note = z.string().trim().min(1, 'must say what it is for').max(200, 'must be at most 200 characters')

// Payers

export const payer = z.object({
  id: idOf('billingAccount'),
  username: z.string(),
  email: z.string(),
  companyName: z.string().nullable(),
  currency,
  cash: amount,
  debt: amount,
  createdAt: field.instant,
})
export type Payer = z.output<typeof payer>

export const listPayers = endpoint({
  name: 'listPayers',
  method: 'GET',
  path: '/v1/operator/payers',
  access: { who: 'operator' },
  summary: 'Billing Center accounts with their cash and debt, newest first; found by username, e-mail or company',
  query: pageQuery.extend({ search: z.string().trim().max(100).optional() }),
  response: pageOf(payer),
  problems: [],
})

const payerParams = z.object({ billingAccountId: idOf('billingAccount') })

export const readPayer = endpoint({
  name: 'readPayer',
  method: 'GET',
  path: '/v1/operator/payers/:billingAccountId',
  access: { who: 'operator' },
  summary: 'One Billing Center account with all it holds and owes',
  params: payerParams,
  response: payer.extend({ wallet }),
  problems: [],
})

export const listPayerMoves = endpoint({
  name: 'listPayerMoves',
  method: 'GET',
  path: '/v1/operator/payers/:billingAccountId/money-moves',
  access: { who: 'operator' },
  summary: 'Income and expenses of one Billing Center account, latest first',
  params: payerParams,
  query: pageQuery,
  response: pageOf(moneyMove),
  problems: [],
})

export const creditPayer = endpoint({
  name: 'creditPayer',
  method: 'POST',
  path: '/v1/operator/payers/:billingAccountId/credits',
  access: { who: 'operator' },
  summary: 'Write down money that arrived by bank transfer: it repays debt, the rest is cash',
  params: payerParams,
  body: z.object({ requestKey: field.requestKey, amount: amountAboveZero, note }),
  response: z.object({ topUpId: idOf('topUp'), repaid: amount }),
  problems: ['amount_too_fine'],
})

export const grantVoucher = endpoint({
  name: 'grantVoucher',
  method: 'POST',
  path: '/v1/operator/payers/:billingAccountId/vouchers',
  access: { who: 'operator' },
  summary: 'Grant a voucher; it pays bills before anything else, but no SMS and no synthetic tests',
  params: payerParams,
  body: z.object({
    requestKey: field.requestKey,
    kind: z.enum(['ordinary_voucher', 'full_reduction_voucher']),
    amount: amountAboveZero,
    expiresAt: field.instant,
    note,
  }),
  response: z.object({ voucherId: idOf('voucher') }),
  problems: ['amount_too_fine', 'expiry_not_ahead'],
})

export const sellPrepaidCard = endpoint({
  name: 'sellPrepaidCard',
  method: 'POST',
  path: '/v1/operator/payers/:billingAccountId/prepaid-cards',
  access: { who: 'operator' },
  summary: 'Write down a prepaid card that was paid for: it repays debt, then pays bills until it expires',
  params: payerParams,
  body: z.object({ requestKey: field.requestKey, amount: amountAboveZero, expiresAt: field.instant, note }),
  response: z.object({ prepaidCardId: idOf('prepaidCard') }),
  problems: ['amount_too_fine', 'expiry_not_ahead'],
})

// Closing days

export const billDay = z.object({
  site: field.siteCode,
  day,
  state: z.enum(['gathering', 'closing', 'closed']),
  startedAt: field.instant,
  closedAt: field.instant.nullable(),
  /** How many payers got a bill, have nothing to pay, are parked, and still wait. */
  issued: z.number().int(),
  nothing: z.number().int(),
  parked: z.number().int(),
  open: z.number().int(),
})
export type BillDay = z.output<typeof billDay>

export const listBillDays = endpoint({
  name: 'listBillDays',
  method: 'GET',
  path: '/v1/operator/bill-days',
  access: { who: 'operator' },
  summary: 'Days that were closed, or are being closed, latest first',
  query: pageQuery.extend({ site: field.siteCode.optional() }),
  response: pageOf(billDay),
  problems: [],
})

export const checkBillDay = endpoint({
  name: 'checkBillDay',
  method: 'POST',
  path: '/v1/operator/bill-days/check',
  access: { who: 'operator' },
  summary: 'Compute every bill of a day again and name those that would come out otherwise; changes none',
  body: z.object({ site: field.siteCode, day }),
  response: z.object({ bills: z.number().int(), different: z.array(idOf('dailyBill')) }),
  problems: [],
})

export const parkedBill = z.object({
  site: field.siteCode,
  day,
  billingAccountId: idOf('billingAccount'),
  username: z.string(),
  /** Each names what is wrong, with details: `no_price`, `no_price_book`, `no_terms`, `cannot_be_computed` … */
  reasons: z.array(z.looseObject({ reason: z.string() })),
  parkedAt: field.instant,
})
export type ParkedBill = z.output<typeof parkedBill>

export const listParkedBills = endpoint({
  name: 'listParkedBills',
  method: 'GET',
  path: '/v1/operator/parked-bills',
  access: { who: 'operator' },
  summary: 'Bills that could not be made right and wait for a person, with their reasons; latest first',
  query: pageQuery,
  response: pageOf(parkedBill),
  problems: [],
})

export const retryParkedBill = endpoint({
  name: 'retryParkedBill',
  method: 'POST',
  path: '/v1/operator/parked-bills/retry',
  access: { who: 'operator' },
  summary: 'Make a parked bill anew after what parked it was mended; it may be parked again',
  body: z.object({
    site: field.siteCode,
    day,
    billingAccountId: idOf('billingAccount'),
    /** `leave_out` gives up charging for usage that still has no price. */
    unpriced: z.enum(['park', 'leave_out']).default('park'),
  }),
  response: z.object({
    state: z.enum(['issued', 'nothing', 'parked']),
    billId: idOf('dailyBill').nullable(),
    reasons: parkedBill.shape.reasons,
  }),
  problems: ['bill_not_parked'],
})

export const checkMoney = endpoint({
  name: 'checkMoney',
  method: 'POST',
  path: '/v1/operator/ledger-check',
  access: { who: 'operator' },
  summary: 'Add the whole ledger up again: every transaction sums to zero, every balance is the sum of its postings',
  body: z.object({}),
  response: z.object({ right: z.boolean(), transactions: z.number().int(), faults: z.array(z.string()) }),
  problems: [],
})

// Prices

const version = z.object({
  version: z.number().int(),
  effectiveFrom: day,
  note: z.string(),
  prices: z.number().int(),
})

export const listPriceBooks = endpoint({
  name: 'listPriceBooks',
  method: 'GET',
  path: '/v1/operator/price-books',
  access: { who: 'operator' },
  summary: 'Price books with their versions, and the first day new prices may begin on',
  response: z.object({
    items: z.array(
      z.object({
        book: z.string(),
        priceRegion: z.string(),
        currency,
        versions: z.array(version),
        /** Null where no site has the region's prices. */
        newFrom: day.nullable(),
      }),
    ),
  }),
  problems: [],
})

/** A price book file: its shape is checked by the server, which names every mistake by its place. */
const bookFile = z.record(z.string(), z.unknown())

export const readPriceBook = endpoint({
  name: 'readPriceBook',
  method: 'GET',
  path: '/v1/operator/price-books/:book',
  access: { who: 'operator' },
  summary: 'One price book as a file to edit',
  params: z.object({ book: z.string().max(40) }),
  response: bookFile,
  problems: [],
})

const priceChange = z.object({
  kind: z.enum(['added', 'removed', 'changed']),
  id: z.string(),
  from: z.unknown().optional(),
  to: z.unknown().optional(),
})

export const priceBookEdit = z.object({
  book: z.string(),
  newVersions: z.array(
    z.object({ version: z.number().int(), effectiveFrom: day, note: z.string(), changes: z.array(priceChange) }),
  ),
  /** Mistakes of the file and reasons why it may not be applied; nothing is changed unless empty. */
  refusals: z.array(z.string()),
})
export type PriceBookEdit = z.output<typeof priceBookEdit>

export const diffPriceBook = endpoint({
  name: 'diffPriceBook',
  method: 'POST',
  path: '/v1/operator/price-books/diff',
  access: { who: 'operator' },
  summary: 'Say what an edited price book would change, and why it may not be applied; changes nothing',
  body: bookFile,
  response: priceBookEdit,
  problems: [],
})

export const applyPriceBook = endpoint({
  name: 'applyPriceBook',
  method: 'POST',
  path: '/v1/operator/price-books/apply',
  access: { who: 'operator' },
  summary: 'Add the new versions of an edited price book; with refusals nothing is changed',
  body: bookFile,
  response: priceBookEdit,
  problems: [],
})
