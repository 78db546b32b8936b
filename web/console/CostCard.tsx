import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readCost } from '../../contract/bills.ts'
import { formatQuantity } from '../../contract/money.ts'
import { ask } from '../api.ts'
import { useLanguage } from '../language.ts'
import { Card } from '../parts/Card.tsx'
import { Figures } from '../parts/Figures.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Money } from '../parts/Money.tsx'
import { Notice } from '../parts/Notice.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import classes from './CostCard.module.css'
import { CostChart } from './CostChart.tsx'
import { type CostNow, roughly } from './cost-points.ts'
import { live } from './live.ts'
import { useWorkspace } from './workspace-context.ts'

/** What the workspace costs so far, what the month is expected to come to, and each day by meter. */
export function CostCard() {
  const { t } = useTranslation()
  const { id } = useWorkspace()
  const cost = useQuery({ ...ask(readCost, { params: { workspaceId: id }, query: { days: 30 } }), ...live })
  return (
    <Card title={t('console.usage.cost')}>
      <Loaded query={cost} skeleton={<ListSkeleton rows={3} />}>
        {(now) => (now.charged === 'free' ? <p>{t('console.usage.costFree')}</p> : <CostFigures cost={now} />)}
      </Loaded>
    </Card>
  )
}

function CostFigures({ cost }: { cost: CostNow }) {
  const { t } = useTranslation()
  const { currency, today, forecast } = cost
  const expected = forecast
    ? [{ name: t('console.usage.costExpected'), value: <Expected {...forecast} currency={currency} /> }]
    : []
  return (
    <div className={classes['parts']}>
      <Figures
        figures={[
          { name: t('console.usage.costToday'), value: <Money amount={today.total} currency={currency} /> },
          { name: t('console.usage.costMonth'), value: <Money amount={cost.monthToNow} currency={currency} /> },
          ...expected,
        ]}
      />
      {today.withoutPrice.length > 0 ? (
        <Notice tone="attention">{t('console.usage.withoutPrice', { meters: today.withoutPrice.join(', ') })}</Notice>
      ) : null}
      <CostChart cost={cost} />
      {forecast ? <p className={classes['note']}>{t('console.usage.forecastNote')}</p> : null}
    </div>
  )
}

function Expected({ low, high, currency }: { low: string; high: string; currency: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [from, to] = roughly({ low, high }).map((value) => formatQuantity(value, language))
  return (
    <span className="figures">
      {from === to ? `${to} ${currency}` : t('console.usage.between', { from, to, currency })}
    </span>
  )
}
