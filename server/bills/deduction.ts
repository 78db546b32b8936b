import type { Currency } from '../../contract/money.ts'
import { amountNotNegativeOf, amountText, Decimal, smallerOf } from '../rating/decimal.ts'
import { meterOf, type MeterCode } from '../metering/meters.ts'
import type { LineSettlement } from './bill-line.ts'
import { compareTexts } from './canonical.ts'

/** Where money for a line comes from, or goes back to. Debt is what the payer owes us; the cloud receivable is what a cloud owes for it. */
export type FundSource =
  | { kind: 'ordinary_voucher' | 'full_reduction_voucher' | 'prepaid_card'; id: string }
  | { kind: 'cash' }
  | { kind: 'debt' }
  | { kind: 'cloud_receivable'; instanceId: string }

/** A voucher or prepaid card with what is left of it. Nothing is taken from it at `expiresAt` or later. */
export interface ExpiringFund {
  id: string
  balance: string
  expiresAt: Date
}

/** A charge to be paid: an amount of 0 or more of one bill line. */
export interface Charge {
  key: string
  meter: MeterCode
  amount: string
  settlement: LineSettlement
}

/** Who paid how much of which line. Amounts are above 0. */
export interface PaidPart {
  key: string
  source: FundSource
  amount: string
}

export interface DeductionInput {
  currency: Currency
  now: Date
  charges: readonly Charge[]
  ordinaryVouchers: readonly ExpiringFund[]
  fullReductionVouchers: readonly ExpiringFund[]
  prepaidCards: readonly ExpiringFund[]
  cash: string
}

export interface DeductionPlan {
  /** In the order of payment. Their amounts add up to the charges, exactly. */
  parts: PaidPart[]
  /** What the payer owes us more than before. */
  addedDebt: string
  /** What each cloud account owes more than before, by instance, in the order of instance ids. */
  cloud: { instanceId: string; amount: string }[]
}

interface OpenCharge {
  key: string
  settlement: LineSettlement
  voucherPayable: boolean
  left: Decimal
}

interface Fund {
  source: FundSource
  left: Decimal
  mayPay: (charge: OpenCharge) => boolean
}

/**
 * Decides what pays a bill's charges: ordinary vouchers → full-reduction vouchers → prepaid cards → cash → debt; where a cloud
 * settles, the cloud instead of cash and debt. Of one kind, the soonest to expire is used first. Vouchers of either kind never pay
 * SMS or synthetic tests. No balance goes below zero but debt. Pure; the order of charges and funds given does not matter.
 * Source: BA/idx, BC/wal.
 */
export function planDeduction(input: DeductionInput): DeductionPlan {
  const { currency } = input
  const charges = openCharges(input)
  const parts: PaidPart[] = []
  const pay = (charge: OpenCharge, source: FundSource, amount: Decimal) => {
    charge.left = charge.left.minus(amount)
    parts.push({ key: charge.key, source, amount: amountText(amount, currency) })
  }
  for (const fund of fundsInOrder(input)) {
    for (const charge of charges) {
      const amount = smallerOf(fund.left, charge.left)
      if (amount.isZero() || !fund.mayPay(charge)) continue
      fund.left = fund.left.minus(amount)
      pay(charge, fund.source, amount)
    }
  }
  for (const charge of charges) {
    if (!charge.left.isZero()) pay(charge, remainderOf(charge.settlement), charge.left)
  }
  return { parts, ...remainders(parts, currency) }
}

function openCharges(input: DeductionInput): OpenCharge[] {
  const seen = new Set<string>()
  const charges = input.charges.map((charge) => {
    if (seen.has(charge.key)) throw new RangeError(`charges: ${charge.key} is given twice`)
    seen.add(charge.key)
    return {
      key: charge.key,
      settlement: charge.settlement,
      voucherPayable: meterOf(charge.meter).voucherPayable,
      left: amountNotNegativeOf(charge.amount, input.currency, `charges ${charge.key}`),
    }
  })
  return charges.toSorted((a, b) => compareTexts(a.key, b.key))
}

function fundsInOrder(input: DeductionInput): Fund[] {
  const kinds = [
    { kind: 'ordinary_voucher', funds: input.ordinaryVouchers, mayPay: (charge: OpenCharge) => charge.voucherPayable },
    {
      kind: 'full_reduction_voucher',
      funds: input.fullReductionVouchers,
      mayPay: (charge: OpenCharge) => charge.voucherPayable,
    },
    { kind: 'prepaid_card', funds: input.prepaidCards, mayPay: () => true },
  ] as const
  const expiring = kinds.flatMap(({ kind, funds, mayPay }) =>
    funds
      .filter((fund) => fund.expiresAt > input.now)
      .toSorted((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime() || compareTexts(a.id, b.id))
      .map((fund): Fund => ({
        source: { kind, id: fund.id },
        left: amountNotNegativeOf(fund.balance, input.currency, `${kind} ${fund.id}`),
        mayPay,
      })),
  )
  const cash: Fund = {
    source: { kind: 'cash' },
    left: amountNotNegativeOf(input.cash, input.currency, 'cash'),
    mayPay: (charge) => charge.settlement.method === 'balance',
  }
  return [...expiring, cash]
}

function remainderOf(settlement: LineSettlement): FundSource {
  switch (settlement.method) {
    case 'balance':
      return { kind: 'debt' }
    case 'marketplace':
      return { kind: 'cloud_receivable', instanceId: settlement.instanceId }
  }
}

function remainders(parts: readonly PaidPart[], currency: Currency): Pick<DeductionPlan, 'addedDebt' | 'cloud'> {
  let debt = new Decimal(0)
  const cloud = new Map<string, Decimal>()
  for (const { source, amount } of parts) {
    if (source.kind === 'debt') debt = debt.plus(amount)
    if (source.kind === 'cloud_receivable') {
      cloud.set(source.instanceId, (cloud.get(source.instanceId) ?? new Decimal(0)).plus(amount))
    }
  }
  return {
    addedDebt: amountText(debt, currency),
    cloud: [...cloud]
      .toSorted(([a], [b]) => compareTexts(a, b))
      .map(([instanceId, amount]) => ({ instanceId, amount: amountText(amount, currency) })),
  }
}
