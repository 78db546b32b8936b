import { useTranslation } from 'react-i18next'
import { Swatch } from '../parts/Legend.tsx'
import { groupDigits } from '../parts/Money.tsx'
import classes from './CostChart.module.css'
import type { CostPart, CostPoint } from './cost-points.ts'

interface Props {
  point: CostPoint | undefined
  parts: readonly CostPart[]
  currency: string
}

/** What a day cost, meter by meter, or what it is expected to. */
export function CostTooltip({ point, parts, currency }: Props) {
  const { t } = useTranslation()
  if (!point) return null
  const { day, total, byMeter, expected } = point
  return (
    <div className={classes['tooltip']}>
      <p className={classes['day']}>{day}</p>
      <dl className={classes['amounts']}>
        {parts
          .filter((part) => byMeter.has(part.key))
          .map((part) => (
            <div key={part.key}>
              <dt>
                <Swatch colour={part.colour} />
                {part.name}
              </dt>
              <dd className="figures">{groupDigits(byMeter.get(part.key) ?? '0')}</dd>
            </div>
          ))}
        {total === null ? null : (
          <div>
            <dt>{t('console.usage.amount')}</dt>
            <dd className="figures">
              {groupDigits(total)} {currency}
            </dd>
          </div>
        )}
        {expected ? (
          <div>
            <dt>{t('console.usage.expected')}</dt>
            <dd className="figures">
              {t('console.usage.between', {
                from: groupDigits(expected.low),
                to: groupDigits(expected.high),
                currency,
              })}
            </dd>
          </div>
        ) : null}
      </dl>
    </div>
  )
}
