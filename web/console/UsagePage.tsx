import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type MeterUsage, readUsage } from '../../contract/metering.ts'
import { formatQuantity } from '../../contract/money.ts'
import { ask } from '../api.ts'
import { useInLanguage, useLanguage } from '../language.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Card } from '../parts/Card.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { type Column, ItemTable } from '../parts/ItemTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { PageSkeleton } from '../parts/Skeletons.tsx'
import { paths } from '../paths.ts'
import { useSite } from './console-site.ts'
import { CostCard } from './CostCard.tsx'
import { live } from './live.ts'
import { LockedNotice } from './LockedNotice.tsx'
import { MeterSeries } from './MeterSeries.tsx'
import classes from './UsagePage.module.css'
import { useWorkspace } from './workspace-context.ts'

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
          <CostCard />
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
