import '@mantine/charts/styles.layer.css'
import { BarChart } from '@mantine/charts'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { readPushSummary } from '../../contract/settlement.ts'
import { useLanguage } from '../language.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { Card } from '../parts/Card.tsx'
import { ItemTable } from '../parts/ItemTable.tsx'
import { Legend } from '../parts/Legend.tsx'
import { Notice } from '../parts/Notice.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { serverNow } from '../session.tsx'
import classes from './DeadlinesCard.module.css'

type Deadlines = z.output<(typeof readPushSummary)['response']>['deadlines']
type Hour = Deadlines['hours'][number]

const hourMs = 3_600_000
const hoursShown = 48

/** When what has not ended is due: the hours of the next two days, and what is past. */
export function DeadlinesCard({ deadlines: { past, hours } }: { deadlines: Deadlines }) {
  const { t } = useTranslation()
  return (
    <Card title={t('operator.deadlines.title')}>
      <div className={classes['parts']}>
        {past > 0 ? (
          <Notice tone="harm">
            {t('operator.deadlines.past', { count: past })}{' '}
            <TextLink to={paths.operator.reports('UNKNOWN')}>{t('operator.deadlines.toPast')}</TextLink>
          </Notice>
        ) : null}
        {hours.length === 0 ? <p>{t('operator.deadlines.none')}</p> : <Chart hours={hours} />}
      </div>
    </Card>
  )
}

function Chart({ hours }: { hours: readonly Hour[] }) {
  const { t } = useTranslation()
  const kinds = [
    { key: 'near', name: t('operator.deadlines.near'), colour: 'var(--brass)' },
    { key: 'waiting', name: t('operator.deadlines.waiting'), colour: 'var(--accent)' },
    { key: 'open', name: t('operator.pushStates.OPEN'), colour: 'var(--meter-rest)' },
  ]
  const tableTitle = t('operator.deadlines.table')
  return (
    <figure className={classes['root']}>
      <div aria-hidden>
        <BarChart
          h={160}
          type="stacked"
          data={useEveryHour(hours)}
          dataKey="hour"
          series={kinds.map(({ key, name, colour }) => ({ name: key, label: name, color: colour }))}
          gridAxis="x"
          tickLine="none"
          // The table is for those who use the keyboard.
          barChartProps={{ accessibilityLayer: false }}
          xAxisProps={{ interval: 'equidistantPreserveStart', minTickGap: 24 }}
          yAxisProps={{ allowDecimals: false }}
          barProps={{ isAnimationActive: false }}
        />
      </div>
      <Legend entries={kinds} />
      <details className={classes['details']}>
        <summary>{tableTitle}</summary>
        <ItemTable
          label={tableTitle}
          items={hours}
          rowKey={(hour) => hour.from}
          columns={[
            { name: t('operator.deadlines.hour'), cell: (hour) => <When instant={hour.from} /> },
            { name: t('operator.deadlines.near'), align: 'right', onCard: true, cell: (hour) => hour.near },
            { name: t('operator.deadlines.waiting'), align: 'right', onCard: true, cell: (hour) => hour.waiting },
            { name: t('operator.pushStates.OPEN'), align: 'right', cell: (hour) => hour.open },
          ]}
        />
      </details>
    </figure>
  )
}

/** Hours without a deadline too, so that the axis is one of time. */
function useEveryHour(hours: readonly Hour[]): Record<string, string | number>[] {
  const inWords = new Intl.DateTimeFormat(useLanguage() === 'zh' ? 'zh-CN' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
  const begins = Math.floor(serverNow() / hourMs) * hourMs
  const counted = new Map(hours.map((hour) => [Date.parse(hour.from), hour]))
  return Array.from({ length: hoursShown + 1 }, (_none, index) => {
    const from = begins + index * hourMs
    const { near = 0, waiting = 0, open = 0 } = counted.get(from) ?? {}
    return { hour: inWords.format(from), near, waiting, open }
  })
}
