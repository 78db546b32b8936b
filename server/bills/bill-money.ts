import type { BillingAccountId, InstanceId } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import { amountText, Decimal } from '../rating/decimal.ts'
import { compareTexts } from './canonical.ts'
import type { DeductionInput, ExpiringFund, PaidPart } from './deduction.ts'
import type { LedgerAccount } from './ledger.ts'
import type { LinePart, PaidByKind } from './tables.ts'

/** One account of a payer that can pay, as stored; vouchers and cards with when they expire. */
export interface FundRow {
  owner: BillingAccountId
  currency: Currency
  kind: LedgerAccount['kind']
  about: string | null
  balance: string
  expiresAt: Date | null
}

/** What can pay a payer's bill, and what is owed, from the stored accounts. Accounts of another currency do not count. Pure. */
export function fundsOf(
  stored: readonly FundRow[],
  currency: Currency,
): Omit<DeductionInput, 'currency' | 'now' | 'charges'> & { debt: string } {
  const rows = stored.filter((row) => row.currency === currency)
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

export interface PaidBill {
  /** By key of the line: what paid it, or where the money of a line below zero went. */
  parts: ReadonlyMap<string, LinePart[]>
  /** What is left to each cloud, net of what went back to it. */
  cloud: { instanceId: InstanceId; amount: string }[]
  paidBy: PaidByKind
}

/** What was taken for a bill and what went back, by line, kind of money and cloud. Pure. */
export function paidBill(currency: Currency, charged: readonly PaidPart[], refunded: readonly PaidPart[]): PaidBill {
  const kinds = new Map<PaidByKind[number]['kind'], Decimal>()
  const cloud = new Map<string, Decimal>()
  const parts = new Map<string, LinePart[]>()
  const add = ({ key, source, amount }: PaidPart, sign: 1 | -1) => {
    const known = parts.get(key)
    if (known) known.push({ source, amount })
    else parts.set(key, [{ source, amount }])
    const value = new Decimal(amount).times(sign)
    kinds.set(source.kind, (kinds.get(source.kind) ?? new Decimal(0)).plus(value))
    if (source.kind === 'cloud_receivable') {
      cloud.set(source.instanceId, (cloud.get(source.instanceId) ?? new Decimal(0)).plus(value))
    }
  }
  for (const part of charged) add(part, 1)
  for (const part of refunded) add(part, -1)
  return {
    parts,
    paidBy: [...kinds].map(([kind, value]) => ({ kind, amount: amountText(value, currency) })),
    cloud: [...cloud]
      .filter(([, value]) => !value.isZero())
      .toSorted(([a], [b]) => compareTexts(a, b))
      .map(([instanceId, value]) => ({ instanceId: instanceId as InstanceId, amount: amountText(value, currency) })),
  }
}
