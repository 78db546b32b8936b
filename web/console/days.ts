import { Decimal } from 'decimal.js'

/** The day so many days before `day`; days of a calendar, without a zone. */
export function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
}

/** One value for every day, 0 where nothing was used; retentions of a day are added up. */
export function everyDay(
  points: readonly { at: string; quantity: string }[],
  from: string,
  to: string,
): { day: string; value: string }[] {
  const sums = new Map<string, Decimal>()
  for (const point of points) sums.set(point.at, (sums.get(point.at) ?? new Decimal(0)).plus(point.quantity))
  const days: { day: string; value: string }[] = []
  for (let day = from; day <= to; day = dayBefore(day, -1)) days.push({ day, value: sums.get(day)?.toFixed() ?? '0' })
  return days
}
