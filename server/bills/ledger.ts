import type { Currency } from '../../contract/money.ts'
import { amountNotNegativeOf, amountOf, amountText, Decimal, smallerOf } from '../rating/decimal.ts'
import { compareTexts } from './canonical.ts'
import type { FundSource, PaidPart } from './deduction.ts'

/*
 * Double entry. Every transaction moves money between accounts and its postings sum to zero. One sign for all: a posting above
 * zero means the account holds more. So a payer's cash, vouchers and cards are 0 or more; debt and cloud receivables are 0 or
 * less, because they are owed (a refund may leave a cloud a credit, which lowers its next push); and all accounts together
 * always hold 0.
 */

/** Our own accounts, one of each per currency: what came in and went out of the world outside. */
export type HouseAccount =
  /** Money received by bank transfer or payment provider; below zero by what payers have paid in. */
  | { kind: 'received' }
  /** Money received, or to be received, from a marketplace for what it collected. */
  | { kind: 'marketplace_clearing' }
  /** Vouchers granted; below zero by what was given away and is not expired. */
  | { kind: 'promotion' }
  /** What prepaid cards still held when they expired. */
  | { kind: 'expired_cards' }
  /** Charged usage, net of refunds. */
  | { kind: 'usage_revenue' }
  /** Charged usage we gave up collecting. */
  | { kind: 'waived' }

/** An account of a Billing Center account, or one of ours. */
export type LedgerAccount = (FundSource & { owner: string }) | HouseAccount

/** Name of a ledger account, unique and stable: `cash/bact_…`, `prepaid_card/bact_…/card_…`, `usage_revenue`. */
export function ledgerAccountName(account: LedgerAccount): string {
  switch (account.kind) {
    case 'ordinary_voucher':
    case 'full_reduction_voucher':
    case 'prepaid_card':
      return `${account.kind}/${account.owner}/${account.id}`
    case 'cloud_receivable':
      return `${account.kind}/${account.owner}/${account.instanceId}`
    case 'cash':
    case 'debt':
      return `${account.kind}/${account.owner}`
    default:
      return account.kind
  }
}

export interface Posting {
  account: LedgerAccount
  /** Signed amount, never zero. */
  amount: string
}

/** What moves money. `id`s are of the thing that happened: posting it twice gives the same reference, which is unique. */
export type LedgerEvent =
  | { kind: 'top_up'; topUpId: string; amount: string }
  /** An operator sets a top-up right: above zero credits what was missing, below zero takes back an excess. */
  | { kind: 'top_up_correction'; correctionId: string; amount: string }
  | { kind: 'voucher_grant'; voucher: 'ordinary_voucher' | 'full_reduction_voucher'; voucherId: string; amount: string }
  | {
      kind: 'voucher_expiry'
      voucher: 'ordinary_voucher' | 'full_reduction_voucher'
      voucherId: string
      onDay: string
      amount: string
    }
  | { kind: 'prepaid_card_sale'; cardId: string; amount: string }
  | { kind: 'prepaid_card_expiry'; cardId: string; onDay: string; amount: string }
  | { kind: 'bill_deduction'; billId: string; parts: readonly PaidPart[] }
  | { kind: 'bill_refund'; billId: string; parts: readonly PaidPart[] }
  /** Cash or a card pays debt; `because` is what brought the money, such as a top-up's id. */
  | {
      kind: 'debt_repayment'
      because: string
      from: { kind: 'cash' } | { kind: 'prepaid_card'; id: string }
      amount: string
    }
  | CloudEvent

/**
 * What became of a cloud's debt. `cloud_settlement`: a marketplace has taken the usage for payment; what its buyer owes us, the
 * marketplace owes us now (below zero where a bill is a credit). `cloud_waiver`: we gave up collecting it, such as when a push expired.
 * `cloud_to_debt`: the payer pays what the cloud did not.
 */
type CloudEvent = {
  kind: 'cloud_settlement' | 'cloud_waiver' | 'cloud_to_debt'
  instanceId: string
  amount: string
} & CloudCause

/** Of what: a push that reports money; an instance's share of a bill; what a push of a meter stands for in a bill. */
type CloudCause = { pushId: string } | { billId: string } | { billId: string; pushId: string }

export interface LedgerTransaction {
  kind: LedgerEvent['kind']
  /** Unique per thing that happened: `top_up/topu_…`. A second attempt finds it taken. */
  reference: string
  owner: string
  currency: Currency
  /** Ordered by account name, one per account; they sum to zero. Empty when nothing moves. */
  postings: Posting[]
}

/** Builds the one transaction of an event for a Billing Center account. Pure. Throws RangeError for a wrong amount. */
export function transactionFor(of: { owner: string; currency: Currency; event: LedgerEvent }): LedgerTransaction {
  const { owner, currency, event } = of
  const postings = merged(movesOf(owner, currency, event), currency)
  const sum = postings.reduce((total, posting) => total.plus(posting.amount), new Decimal(0))
  if (!sum.isZero()) throw new Error(`postings of ${referenceOf(event)} sum to ${sum.toFixed()}, not to zero`)
  return { kind: event.kind, reference: referenceOf(event), owner, currency, postings }
}

interface Move {
  from: LedgerAccount
  to: LedgerAccount
  amount: Decimal
}

function movesOf(owner: string, currency: Currency, event: LedgerEvent): Move[] {
  const revenue = { kind: 'usage_revenue' } as const
  switch (event.kind) {
    case 'bill_deduction':
      return event.parts.map((part) => ({
        from: { ...part.source, owner },
        to: revenue,
        amount: aboveZero(part.amount, currency),
      }))
    case 'bill_refund':
      return event.parts.map((part) => ({
        from: revenue,
        to: { ...part.source, owner },
        amount: aboveZero(part.amount, currency),
      }))
    case 'top_up_correction':
      return [
        { from: { kind: 'received' }, to: { kind: 'cash', owner }, amount: amountOf(event.amount, currency, 'amount') },
      ]
    case 'cloud_settlement':
      return [
        {
          ...fromTo(owner, event),
          amount: 'billId' in event ? amountOf(event.amount, currency, 'amount') : aboveZero(event.amount, currency),
        },
      ]
    default:
      return [{ ...fromTo(owner, event), amount: aboveZero(event.amount, currency) }]
  }
}

type SingleMove = Exclude<LedgerEvent, { kind: 'bill_deduction' | 'bill_refund' | 'top_up_correction' }>

function fromTo(owner: string, event: SingleMove): { from: LedgerAccount; to: LedgerAccount } {
  switch (event.kind) {
    case 'top_up':
      return { from: { kind: 'received' }, to: { kind: 'cash', owner } }
    case 'voucher_grant':
      return { from: { kind: 'promotion' }, to: { kind: event.voucher, id: event.voucherId, owner } }
    case 'voucher_expiry':
      return { from: { kind: event.voucher, id: event.voucherId, owner }, to: { kind: 'promotion' } }
    case 'prepaid_card_sale':
      return { from: { kind: 'received' }, to: { kind: 'prepaid_card', id: event.cardId, owner } }
    case 'prepaid_card_expiry':
      return { from: { kind: 'prepaid_card', id: event.cardId, owner }, to: { kind: 'expired_cards' } }
    case 'debt_repayment':
      return { from: { ...event.from, owner }, to: { kind: 'debt', owner } }
    case 'cloud_settlement':
      return {
        from: { kind: 'marketplace_clearing' },
        to: { kind: 'cloud_receivable', instanceId: event.instanceId, owner },
      }
    case 'cloud_waiver':
      return { from: { kind: 'waived' }, to: { kind: 'cloud_receivable', instanceId: event.instanceId, owner } }
    case 'cloud_to_debt':
      return { from: { kind: 'debt', owner }, to: { kind: 'cloud_receivable', instanceId: event.instanceId, owner } }
  }
}

function referenceOf(event: LedgerEvent): string {
  switch (event.kind) {
    case 'top_up':
      return `${event.kind}/${event.topUpId}`
    case 'top_up_correction':
      return `${event.kind}/${event.correctionId}`
    case 'voucher_grant':
      return `${event.kind}/${event.voucherId}`
    case 'voucher_expiry':
      return `${event.kind}/${event.voucherId}/${event.onDay}`
    case 'prepaid_card_sale':
      return `${event.kind}/${event.cardId}`
    case 'prepaid_card_expiry':
      return `${event.kind}/${event.cardId}/${event.onDay}`
    case 'bill_deduction':
    case 'bill_refund':
      return `${event.kind}/${event.billId}`
    case 'debt_repayment':
      return `${event.kind}/${event.because}`
    case 'cloud_settlement':
    case 'cloud_waiver':
    case 'cloud_to_debt': {
      const about = 'pushId' in event ? event.pushId : event.instanceId
      return 'billId' in event ? `${event.kind}/${event.billId}/${about}` : `${event.kind}/${about}`
    }
  }
}

function aboveZero(text: string, currency: Currency): Decimal {
  const value = amountOf(text, currency, 'amount')
  if (!value.greaterThan(0)) throw new RangeError(`amount: ${text} must be more than 0`)
  return value
}

/** Both sides of every move, added up per account, without accounts whose balance does not change. */
function merged(moves: readonly Move[], currency: Currency): Posting[] {
  const changes = new Map<string, { account: LedgerAccount; amount: Decimal }>()
  const add = (account: LedgerAccount, amount: Decimal) => {
    const name = ledgerAccountName(account)
    changes.set(name, { account, amount: (changes.get(name)?.amount ?? new Decimal(0)).plus(amount) })
  }
  for (const move of moves) {
    add(move.from, move.amount.negated())
    add(move.to, move.amount)
  }
  return [...changes]
    .filter(([, change]) => !change.amount.isZero())
    .toSorted(([a], [b]) => compareTexts(a, b))
    .map(([, { account, amount }]) => ({ account, amount: amountText(amount, currency) }))
}

/**
 * Money that comes in pays debt first: the repayment to post right after a top-up or the sale of a card, or nothing when there is
 * no debt. `debt` is what is owed, 0 or more. Source: BC/wal.
 */
export function debtRepaymentFrom(of: {
  currency: Currency
  incoming: string
  debt: string
  from: { kind: 'cash' } | { kind: 'prepaid_card'; id: string }
  because: string
}): Extract<LedgerEvent, { kind: 'debt_repayment' }> | undefined {
  const amount = smallerOf(aboveZero(of.incoming, of.currency), amountNotNegativeOf(of.debt, of.currency, 'debt'))
  if (amount.isZero()) return undefined
  return { kind: 'debt_repayment', because: of.because, from: of.from, amount: amountText(amount, of.currency) }
}

/** What each account holds after some transactions of one currency, by account name. Balances are nothing but this fold. */
export function balancesAfter(transactions: readonly LedgerTransaction[]): Map<string, Decimal> {
  const balances = new Map<string, Decimal>()
  for (const posting of transactions.flatMap((transaction) => transaction.postings)) {
    const name = ledgerAccountName(posting.account)
    balances.set(name, (balances.get(name) ?? new Decimal(0)).plus(posting.amount))
  }
  return balances
}
