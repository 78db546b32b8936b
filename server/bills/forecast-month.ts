import type { Currency } from '../../contract/money.ts'
import { amountOf, amountText, Decimal } from '../rating/decimal.ts'

/** What is known of a month that is not over. Amounts in one currency. */
export interface MonthSoFar {
  /** Full days that were charged, the last ones; their order does not matter. */
  fullDays: readonly string[]
  todaySoFar: string
  /** The month's days, today's share included. */
  monthToNow: string
  /** Days of the month after today. */
  daysLeft: number
}

/** Between what and what something is expected to cost. */
export interface Expected {
  low: string
  high: string
}

/** Fewer full days than this say nothing about the next ones. */
const daysToSayAnything = 3
/** From so many days on, the cheapest and the dearest of them are left out. */
const daysToLeaveOutExtremes = 5
/** How many full days are looked at. */
export const forecastDays = 7

/**
 * What a month will cost in all, and each of its coming days: each as the days just before were, the cheapest and the dearest of
 * them left out. Today becomes as dear as they, or stays as dear as it already is. Null when too few full days are known.
 */
export function forecastMonth(month: MonthSoFar, currency: Currency): (Expected & { day: Expected }) | null {
  const usual = usualDay(month.fullDays, currency)
  if (!usual) return null
  const today = amountOf(month.todaySoFar, currency, 'todaySoFar')
  const soFar = amountOf(month.monthToNow, currency, 'monthToNow')
  const inAll = (day: Decimal) => {
    const restOfToday = Decimal.max(0, day.minus(today))
    return amountText(soFar.plus(restOfToday).plus(day.times(month.daysLeft)), currency)
  }
  return {
    low: inAll(usual.low),
    high: inAll(usual.high),
    day: { low: amountText(usual.low, currency), high: amountText(usual.high, currency) },
  }
}

function usualDay(fullDays: readonly string[], currency: Currency): { low: Decimal; high: Decimal } | null {
  if (fullDays.length < daysToSayAnything) return null
  const sorted = fullDays
    .map((day, at) => amountOf(day, currency, `fullDays[${at}]`))
    .toSorted((a, b) => a.comparedTo(b))
  const usual = sorted.length < daysToLeaveOutExtremes ? sorted : sorted.slice(1, -1)
  // A day on which more was given back than used says nothing about what is to come.
  const notNegative = usual.map((day) => Decimal.max(0, day))
  const [low, high] = [notNegative[0], notNegative.at(-1)]
  return low && high ? { low, high } : null
}
