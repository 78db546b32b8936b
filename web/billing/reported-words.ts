import { Decimal } from 'decimal.js'
import type { Language } from '../../contract/problems.ts'
import type { ReportedUsage } from '../../contract/settlement.ts'

const locales: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' }

/** A period in words: a date for a whole day of the reader's calendar, else from when to when. */
export function periodInWords(of: { from: string; until: string }, language: Language, timeZone?: string): string {
  const [from, until] = [new Date(of.from), new Date(of.until)]
  const zone = timeZone === undefined ? {} : { timeZone }
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...zone })
  const date = new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', ...zone })
  const begins = clock.format(from)
  if (until.getTime() - from.getTime() === 86_400_000 && begins === '00:00') return date.format(from)
  const ends = date.format(from) === date.format(until) ? '' : `${date.format(until)} `
  return `${date.format(from)} ${begins} – ${ends}${clock.format(until)}`
}

/** How much of what is measured a record tells the marketplace: its whole units once they are definite, else what was counted so far. */
export function reportedQuantity({ state, measured, units, unit }: ReportedUsage): string {
  const definite = units !== null && unit !== null && state !== 'CARRIED'
  return definite ? new Decimal(units).times(unit).toFixed() : new Decimal(measured).toFixed()
}
