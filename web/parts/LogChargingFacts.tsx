import { useTranslation } from 'react-i18next'
import type { LogCharging } from '../../contract/log-charging.ts'
import { useInLanguage, useLanguage } from '../language.ts'
import { Facts } from './Facts.tsx'
import { dayInWords } from './When.tsx'
import classes from './LogChargingFacts.module.css'

/** By what a workspace's logs are charged, from which day on, and what either way costs. */
export function LogChargingFacts({ charging }: { charging: LogCharging }) {
  const { t } = useTranslation()
  const dayOf = useSiteDayWords()
  const priceOf = useLogPriceWords(charging)
  const { by, since, next } = charging
  const way = t(`parts.logCharging.ways.${by}`)
  return (
    <>
      <Facts
        facts={[
          {
            name: t('parts.logCharging.now'),
            value: since === null ? way : t('parts.logCharging.since', { way, date: dayOf(since) }),
          },
          ...(next
            ? [
                {
                  name: t('parts.logCharging.from', { date: dayOf(next.from) }),
                  value: t(`parts.logCharging.ways.${next.by}`),
                },
              ]
            : []),
          { name: t('parts.logCharging.price.logs'), value: priceOf('logs') },
          { name: t('parts.logCharging.price.log_ingest'), value: priceOf('log_ingest') },
        ]}
      />
      <p className={classes['note']}>{t('parts.logCharging.prices', { days: charging.retentionDays })}</p>
    </>
  )
}

/** "1.5 CNY per million", as the payer's price book has it today. */
export function useLogPriceWords({ prices, currency }: LogCharging): (by: LogCharging['by']) => string {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  return (by) => {
    const price = prices.find((one) => one.by === by)
    if (!price || price.unitPrice === null) return t('parts.logCharging.noPrice')
    return t('parts.logCharging.priceOf', { price: price.unitPrice, currency, unit: inLanguage(price.unitName) })
  }
}

/** A day of a site's calendar, which is the same day for readers everywhere. */
export function useSiteDayWords(): (day: string) => string {
  const language = useLanguage()
  return (day) => dayInWords(`${day}T00:00:00Z`, language, 'UTC')
}
