import { useTranslation } from 'react-i18next'
import { useLanguage } from '../language.ts'
import type { Changeability } from './changeability.ts'
import { dayInWords } from './When.tsx'

interface Props {
  may: Changeability
  /** The site's: its calendar month counts. */
  timeZone: string | undefined
}

/** Whether and from when the billing method may change, as a sentence. */
export function ChangeableWords({ may, timeZone }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  switch (may.kind) {
    case 'now':
      return <>{t('parts.method.changeableNow')}</>
    case 'from':
      return <>{t('parts.method.changeableFrom', { date: dayInWords(may.instant, language, timeZone) })}</>
    case 'cloud-alive':
      return <>{t('parts.method.cloudAlive')}</>
    default:
      return may satisfies never
  }
}
