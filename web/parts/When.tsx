import { Tooltip } from '@mantine/core'
import type { Language } from '../../contract/problems.ts'
import { useLanguage } from '../language.ts'
import { serverNow } from '../session.tsx'

const locales: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' }
const day = 86_400_000

/** A day of a site's calendar in words, e.g. `23 Nov 2025`. */
export function dayInWords(instant: string | number, language: Language, timeZone?: string): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', ...(timeZone ? { timeZone } : {}) }).format(
    new Date(instant),
  )
}

function relative(language: Language, milliseconds: number): string {
  const words = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto', style: 'long' })
  const minutes = Math.round(milliseconds / 60_000)
  return Math.abs(minutes) < 60 ? words.format(minutes, 'minute') : words.format(Math.round(minutes / 60), 'hour')
}

interface Props {
  instant: string
  /** Zone to show the time in, e.g. the site's; the reader's own when absent. */
  timeZone?: string
  /** `date` leaves the time of day to the hover; `time` shows both. Under a day old both are said relatively. */
  show?: 'date' | 'time'
}

/** A moment: relative under a day, else date (and time); the exact time with its zone on hover and focus. */
export function When({ instant, timeZone, show = 'time' }: Props) {
  const language = useLanguage()
  const at = new Date(instant)
  const zone = timeZone ? { timeZone } : {}
  const exact = new Intl.DateTimeFormat(locales[language], {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
    ...zone,
  }).format(at)
  const distance = at.getTime() - serverNow()
  const words =
    Math.abs(distance) < day
      ? relative(language, distance)
      : new Intl.DateTimeFormat(locales[language], {
          dateStyle: 'medium',
          ...(show === 'time' ? { timeStyle: 'short' as const } : {}),
          ...zone,
        }).format(at)
  return (
    <Tooltip label={exact}>
      <time
        dateTime={instant}
        className="figures"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the exact time must be reachable without a mouse
        tabIndex={0}
      >
        {words}
      </time>
    </Tooltip>
  )
}
