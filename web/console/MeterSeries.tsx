import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type MeterUsage, readUsageSeries } from '../../contract/metering.ts'
import { formatQuantity } from '../../contract/money.ts'
import { ask } from '../api.ts'
import { useInLanguage, useLanguage } from '../language.ts'
import { Card } from '../parts/Card.tsx'
import { DayChart } from '../parts/DayChart.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { meterColour } from '../meter-colours.ts'
import { dayBefore, everyDay } from './days.ts'
import { useWorkspace } from './workspace-context.ts'

const daysShown = 30

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
            colour={meterColour(meter?.meter ?? '')}
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
