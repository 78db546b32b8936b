import { Decimal } from 'decimal.js'
import type { z } from 'zod'
import type { readCost } from '../../contract/bills.ts'
import { dayBefore } from './days.ts'

export type CostNow = z.output<(typeof readCost)['response']>

/** How many meters are shown by themselves. */
const metersShown = 5
/** The place of all other meters among the amounts of a day; no meter is called so. */
export const otherMeters = 'other'

/** What is told apart in the bars: a meter, or all others. */
export interface CostPart {
  key: string
  name: string
  colour: string
}

/** A day of the cost chart; amounts as decimal text. */
export interface CostPoint {
  day: string
  /** What it costs so far; null for a day to come. */
  total: string | null
  /** By meter, the others under `otherMeters`. */
  byMeter: ReadonlyMap<string, string>
  /** What it is expected to cost in all; null for a day that is over, and where nothing can be said. */
  expected: { low: string; high: string } | null
}

/** The meters shown by themselves: those that cost the most. */
export function shownMeters(cost: CostNow): CostNow['meters'] {
  return cost.meters.slice(0, metersShown)
}

/** Every day of the trend, and those to come until the month ends where something can be said of them. */
export function costPoints(cost: CostNow): CostPoint[] {
  const shown = new Set(shownMeters(cost).map(({ meter }) => meter))
  const expected = cost.forecast?.day ?? null
  const past = cost.trend.map(({ day, amount, byMeter }) => ({
    day,
    total: amount,
    byMeter: fold(byMeter, shown),
    expected: day === cost.today.day && expected ? atLeast(expected, amount) : null,
  }))
  const toCome = expected ? daysToCome(cost.today.day) : []
  return [...past, ...toCome.map((day) => ({ day, total: null, byMeter: new Map<string, string>(), expected }))]
}

function fold(amounts: readonly { meter: string; amount: string }[], shown: ReadonlySet<string>): Map<string, string> {
  const sums = new Map<string, string>()
  for (const { meter, amount } of amounts) {
    const key = shown.has(meter) ? meter : otherMeters
    sums.set(key, new Decimal(sums.get(key) ?? 0).plus(amount).toFixed())
  }
  return sums
}

/** A day that cost more already than was expected stays as dear as it is. */
function atLeast({ low, high }: { low: string; high: string }, soFar: string): { low: string; high: string } {
  const more = (text: string) => (new Decimal(text).lessThan(soFar) ? soFar : text)
  return { low: more(low), high: more(high) }
}

function daysToCome(today: string): string[] {
  const days: string[] = []
  for (let day = dayBefore(today, -1); day.slice(0, 7) === today.slice(0, 7); day = dayBefore(day, -1)) days.push(day)
  return days
}

/** What something is expected to come to, in words' figures: from 100 on without cents, the low one down and the high one up. */
export function roughly({ low, high }: { low: string; high: string }): [string, string] {
  if (new Decimal(high).lessThan(100)) return [low, high]
  return [new Decimal(low).floor().toFixed(), new Decimal(high).ceil().toFixed()]
}
