import { Decimal } from 'decimal.js'
import { chinaDay } from '../clock.ts'
import type { MeteringKey, ProductListing } from '../options.ts'
import { billPeriod } from './metering.ts'
import type { HourTotal } from './queries.ts'

const Exact = Decimal.clone({ precision: 60 })

/** Units of a key that make one billed unit. Source: API page PushMeteringData, table of keys. */
const unitsPerBilledUnit: Partial<Record<MeteringKey, number>> = {
  Period: 3_600,
  Storage: 1_048_576,
  NetworkOut: 1_048_576,
  NetworkIn: 1_048_576,
  KTokens: 1_000,
}

/**
 * Money of one dimension in one bill period: quantity ÷ conversion × price, cut (not rounded) to 2 decimals, so anything below
 * 0.01 is 0. Per dimension, since the page does not say whether an instance's dimensions are summed before the cut; this loses most.
 */
export function periodAmount(quantity: string, key: MeteringKey, unitPrice: string): string {
  const amount = new Exact(quantity).div(unitsPerBilledUnit[key] ?? 1).times(unitPrice)
  return amount.toDecimalPlaces(2, Decimal.ROUND_DOWN).toFixed(2)
}

export interface StatementRow {
  instanceId: string
  productCode: string
  assit: string
  key: string
  /** `yyyy-MM-dd` in UTC+8. */
  day: string
  records: number
  acceptedQuantity: string
  billedQuantity: string
  /** 2 decimals. */
  amount: string
  currency: string
}

export interface Statement {
  rows: StatementRow[]
  /** Per instance and dimension over all days. */
  totals: Omit<StatementRow, 'day'>[]
  /** Per currency over everything. */
  amounts: { currency: string; amount: string }[]
}

/** Folds hourly sums into bill periods, their money, and days. Products no longer listed are billed at 0. */
export function statementOf(hours: readonly HourTotal[], products: readonly ProductListing[]): Statement {
  const periods = fold(hours, (hour) => {
    const product = products.find(({ code }) => code === hour.productCode)
    const { beginsAt } = billPeriod(hour.hour, product?.billing ?? 'hourly')
    return `${hour.instanceId} ${hour.assit} ${beginsAt.toISOString()}`
  })
  const billed = periods.map((group): StatementRow => {
    const [first] = group
    const product = products.find(({ code }) => code === first.productCode)
    const item = product?.meteringItems.find(({ assit }) => assit === first.assit)
    const billedQuantity = sum(group.map((hour) => hour.billedQuantity))
    return {
      instanceId: first.instanceId,
      productCode: first.productCode,
      assit: first.assit,
      key: first.key,
      day: chinaDay(first.hour),
      records: group.reduce((count, hour) => count + hour.records, 0),
      acceptedQuantity: sum(group.map((hour) => hour.acceptedQuantity)),
      billedQuantity,
      amount: item ? periodAmount(billedQuantity, item.key, item.unitPrice) : '0.00',
      currency: product?.currency ?? 'CNY',
    }
  })
  const rows = fold(billed, (row) => `${row.instanceId} ${row.assit} ${row.day}`).map(add)
  const totals = fold(rows, (row) => `${row.instanceId} ${row.assit}`).map((group) => {
    const { day: _, ...total } = add(group)
    return total
  })
  const amounts = fold(totals, (total) => total.currency).map((group) => ({
    currency: group[0].currency,
    amount: new Exact(sum(group.map(({ amount }) => amount))).toFixed(2),
  }))
  return { rows, totals, amounts }
}

type Group<Each> = [Each, ...Each[]]

function fold<Each>(all: readonly Each[], nameOf: (each: Each) => string): Group<Each>[] {
  const groups = new Map<string, Group<Each>>()
  for (const each of all) {
    const name = nameOf(each)
    const group = groups.get(name)
    if (group) group.push(each)
    else groups.set(name, [each])
  }
  return [...groups.values()]
}

function add(group: Group<StatementRow>): StatementRow {
  return {
    ...group[0],
    records: group.reduce((count, row) => count + row.records, 0),
    acceptedQuantity: sum(group.map((row) => row.acceptedQuantity)),
    billedQuantity: sum(group.map((row) => row.billedQuantity)),
    amount: new Exact(sum(group.map((row) => row.amount))).toFixed(2),
  }
}

function sum(numbers: readonly string[]): string {
  return numbers.reduce((total, each) => total.plus(each), new Exact(0)).toFixed()
}
