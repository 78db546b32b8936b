import type { BillLine } from '../../contract/bills.ts'
import { meterOf } from '../metering/meters.ts'
import type { ChargeRow } from './charge-queries.ts'

/** A line as its payer sees it. What was given back is below zero, so that what paid always adds up to the amount. */
export function presentCharge(row: ChargeRow): BillLine {
  const { line, parts, ...place } = row
  const { name, unitName } = meterOf(row.meter)
  const rated = line.kind === 'usage' ? line : line.rated
  const sign = line.amount.startsWith('-') ? '-' : ''
  return {
    ...place,
    meterName: name,
    unitName,
    quantity: line.quantity,
    per: rated?.per ?? null,
    unitPrice: rated?.unitPrice ?? null,
    amount: line.amount,
    paidBy: parts.map(({ source, amount }) => ({
      fund: source.kind,
      id: 'id' in source ? source.id : 'instanceId' in source ? source.instanceId : null,
      amount: `${sign}${amount}`,
    })),
  }
}
