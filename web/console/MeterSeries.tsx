import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Decimal } from 'decimal.js'
import { useTranslation } from 'react-i18next'
import { type MeterUsage, readUsageSeries } from '../../contract/metering.ts'
import { formatQuantity } from '../../contract/money.ts'
import { ask } from '../api.ts'
import { useInLanguage, useLanguage } from '../language.ts'
import { Card } from '../parts/Card.tsx'
import { DayChart } from '../parts/DayChart.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { useWorkspace } from './workspace-context.ts'

const daysShown = 30

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

/** The chosen meter (the first unless the URL names one) by day, over the last 30 days. */
export function MeterSeries({ meters, today }: { meters: readonly MeterUsage[]; today: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const inLanguage = useInLanguage()
  const { id } = useWorkspace()
  const wanted = (useSearch({ strict: false }) as { meter?: string }).meter
  const meter = meters.find((one) => one.meter === wanted) ?? meters[0]
  const from = dayBefore(today, daysShown - 1)
  const query = useQuery(
    ask(readUsageSeries, {
      params: { workspaceId: id },
      query: { meter: meter?.meter ?? '', from, to: today, step: 'day' },
    }),
  )
  const name = meter ? inLanguage(meter.name) : ''
  return (
    <Card title={t('console.usage.series', { meter: name })}>
      <Loaded query={query} skeleton={<ListSkeleton rows={4} />}>
        {({ points }) => (
          <DayChart
            title={meter ? t('console.usage.per', { size: inLanguage(meter.unitName) }) : ''}
            tableTitle={t('console.usage.seriesTable', { meter: name })}
            nothing={t('console.usage.noPoints')}
            points={everyDay(points, from, today)}
            columns={[
              { name: t('console.usage.day'), cell: (point) => point.day },
              {
                name: t('console.usage.quantity'),
                align: 'right',
                onCard: true,
                cell: (point) => formatQuantity(point.value, language),
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  )
}
