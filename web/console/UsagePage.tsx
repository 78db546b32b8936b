import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { readCost } from '../../contract/bills.ts'
import { type MeterUsage, readUsage } from '../../contract/metering.ts'
import { formatQuantity } from '../../contract/money.ts'
import { ask } from '../api.ts'
import { useInLanguage, useLanguage } from '../language.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Card } from '../parts/Card.tsx'
import { DayChart } from '../parts/DayChart.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { Facts } from '../parts/Facts.tsx'
import { type Column, ItemTable } from '../parts/ItemTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Money } from '../parts/Money.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { ListSkeleton, PageSkeleton } from '../parts/Skeletons.tsx'
import { paths } from '../paths.ts'
import { useSite } from './console-site.ts'
import { LockedNotice } from './LockedNotice.tsx'
import { MeterSeries } from './MeterSeries.tsx'
import classes from './UsagePage.module.css'
import { useWorkspace } from './workspace-context.ts'

/** Usage reported a moment ago is shown without being asked for. */
const live = { staleTime: 0, refetchInterval: 5_000 }

/** What the workspace uses and costs, to now and to yesterday, with each meter by day. */
export function UsagePage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const { timeZone } = useSite()
  const usage = useQuery({ ...ask(readUsage, { params: { workspaceId: workspace.id } }), ...live })
  return (
    <>
      <PageTitle lead={t('console.usage.lead', { zone: timeZone })}>{t('console.usage.title')}</PageTitle>
      <LockedNotice workspace={workspace} />
      {workspace.standing === 'dissolved' ? null : (
        <div className={classes['groups']}>
          <Loaded query={usage} skeleton={<PageSkeleton />}>
            {({ meters, today }) => (meters.length === 0 ? <Nothing /> : <Meters meters={meters} today={today} />)}
          </Loaded>
          <Cost />
        </div>
      )}
    </>
  )
}

function Nothing() {
  const { t } = useTranslation()
  const { site, id, role } = useWorkspace()
  return (
    <Card title={t('console.usage.meters')}>
      <EmptyState
        title={t('console.usage.emptyTitle')}
        action={
          role === 'owner' ? (
            <ButtonLink to={paths.console.apiKeys(site, id)}>{t('console.usage.toKeys')}</ButtonLink>
          ) : undefined
        }
      >
        {t('console.usage.empty')}
      </EmptyState>
    </Card>
  )
}

function Meters({ meters, today }: { meters: readonly MeterUsage[]; today: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const inLanguage = useInLanguage()
  const { site, id } = useWorkspace()
  const figure = (name: string, of: (meter: MeterUsage) => string, onCard?: true): Column<MeterUsage> => ({
    name,
    align: 'right',
    ...(onCard ? { onCard } : {}),
    cell: (meter) => formatQuantity(of(meter), language),
  })
  return (
    <>
      <ItemTable
        label={t('console.usage.meters')}
        items={meters}
        rowKey={(meter) => `${meter.meter}/${meter.retentionDays}`}
        rowPath={(meter) => paths.console.usage(site, id, meter.meter)}
        columns={[
          {
            name: t('console.usage.meter'),
            cell: (meter) => (
              <>
                {inLanguage(meter.name)}
                <span className={classes['quiet']}>
                  {meter.retentionDays === null ? '' : t('console.usage.retention', { days: meter.retentionDays })}
                </span>
              </>
            ),
          },
          figure(t('console.usage.today'), (meter) => meter.today, true),
          figure(t('console.usage.yesterday'), (meter) => meter.yesterday),
          figure(t('console.usage.toYesterday'), (meter) => meter.toYesterday),
          figure(t('console.usage.toNow'), (meter) => meter.toNow, true),
        ]}
      />
      <MeterSeries meters={meters} today={today} />
    </>
  )
}

type CostNow = z.output<(typeof readCost)['response']>

function Cost() {
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
  const { currency, today } = cost
  return (
    <div className={classes['groups']}>
      <Facts
        facts={[
          { name: t('console.usage.costToday'), value: <Money amount={today.total} currency={currency} /> },
          { name: t('console.usage.costMonth'), value: <Money amount={cost.monthToNow} currency={currency} /> },
        ]}
      />
      {today.withoutPrice.length > 0 ? (
        <Notice tone="attention">{t('console.usage.withoutPrice', { meters: today.withoutPrice.join(', ') })}</Notice>
      ) : null}
      <DayChart
        title={t('parts.inUnit', { name: t('console.usage.trend'), unit: currency })}
        currency={currency}
        tableTitle={t('console.usage.trendTable')}
        nothing={t('console.usage.noCost')}
        points={cost.trend.map((point) => ({ day: point.day, value: point.amount }))}
        columns={[
          { name: t('console.usage.day'), cell: (point) => point.day },
          {
            name: t('console.usage.amount'),
            align: 'right',
            onCard: true,
            cell: (point) => <Money amount={point.value} currency={currency} />,
          },
        ]}
      />
    </div>
  )
}
