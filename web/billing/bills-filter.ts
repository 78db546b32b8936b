import { useSearch } from '@tanstack/react-router'
import { z } from 'zod'
import { periodFilter } from '../../contract/bills.ts'

/** What the list of bills shows, as its URL says it: which kind, of which site, of which days of the site. */
export interface BillsFilter {
  show?: 'monthly' | undefined
  site?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

const { site, from, to } = periodFilter.shape
const inUrl = z.object({
  show: z.literal('monthly').optional().catch(undefined),
  site: site.catch(undefined),
  from: from.catch(undefined),
  to: to.catch(undefined),
})

/** Reads the filter of a URL. What is no site or date is left out: a link may have been mistyped. */
export function billsFilterOf(search: Record<string, unknown>): BillsFilter {
  // Only what is there: what is undefined would stand in the URL all the same.
  return Object.fromEntries(Object.entries(inUrl.parse(search)).filter(([, value]) => value !== undefined))
}

export function useBillsFilter(): BillsFilter {
  return billsFilterOf(useSearch({ strict: false }))
}

/** First and last day of the month that is `back` months before the one of an instant, by the calendar of a zone. */
export function monthAround(instant: number, timeZone: string | undefined, back: number): { from: string; to: string } {
  const parts = new Intl.DateTimeFormat('en', {
    year: 'numeric',
    month: 'numeric',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).formatToParts(instant)
  const numberOf = (type: 'year' | 'month') => Number(parts.find((part) => part.type === type)?.value)
  // Day 0 of the next month is the last of this one; Date carries months over years.
  const day = (months: number, of: number) =>
    new Date(Date.UTC(numberOf('year'), numberOf('month') - 1 - back + months, of)).toISOString().slice(0, 10)
  return { from: day(0, 1), to: day(1, 0) }
}
