import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listPushes, type PushState, pushStates, readPushSummary } from '../../contract/settlement.ts'
import { ask, askPages } from '../api.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { Card } from '../parts/Card.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { Figures } from '../parts/Figures.tsx'
import { ListTable } from '../parts/ListTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { DeadlinesCard } from './DeadlinesCard.tsx'
import classes from './ReportsPage.module.css'
import { measuredIn, PushBadge } from './push-words.tsx'

/** Reports to marketplaces by state, with their deadlines; a row opens its calls at the side. */
export function ReportsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const wanted = (useSearch({ strict: false }) as { state?: string }).state
  const state = pushStates.find((one) => one === wanted)
  const everyState = 'all'
  return (
    <>
      <PageTitle lead={t('operator.reports.lead')}>{t('operator.reports.title')}</PageTitle>
      <div className={classes['groups']}>
        <Summary />
        <Select
          label={t('operator.reports.state')}
          className={classes['filter'] ?? ''}
          data={[
            { value: everyState, label: t('operator.reports.all') },
            ...pushStates.map((one) => ({ value: one as string, label: t(`operator.pushStates.${one}`) })),
          ]}
          value={state ?? everyState}
          onChange={(chosen) =>
            void navigate({ to: paths.operator.reports(chosen && chosen !== everyState ? chosen : undefined) })
          }
        />
        <List state={state} />
      </div>
      <Outlet />
    </>
  )
}

function Summary() {
  const { t } = useTranslation()
  const query = useQuery({ ...ask(readPushSummary), refetchInterval: 10_000 })
  return (
    <Loaded query={query} skeleton={<ListSkeleton rows={2} />}>
      {({ nearDeadline, openDifferences, states, deadlines }) => (
        <>
          <Card title={t('operator.reports.summary')}>
            <div className={classes['parts']}>
              <Figures
                figures={[
                  { name: t('operator.reports.near'), value: nearDeadline },
                  {
                    name: t('operator.reports.open'),
                    value: <TextLink to={paths.operator.differences()}>{openDifferences}</TextLink>,
                  },
                ]}
              />
              <States states={states.filter((one) => one.count > 0)} />
            </div>
          </Card>
          <DeadlinesCard deadlines={deadlines} />
        </>
      )}
    </Loaded>
  )
}

function States({ states }: { states: readonly { state: PushState; count: number }[] }) {
  const { t } = useTranslation()
  if (states.length === 0) return null
  return (
    <ul className={classes['states']} aria-label={t('operator.reports.states')}>
      {states.map(({ state, count }) => (
        <li key={state}>
          <TextLink to={paths.operator.reports(state)}>
            {t(`operator.pushStates.${state}`)} {count}
          </TextLink>
        </li>
      ))}
    </ul>
  )
}

function List({ state }: { state: PushState | undefined }) {
  const { t } = useTranslation()
  return (
    <ListTable
      label={t('operator.reports.label')}
      pages={askPages(listPushes, { query: { state, order: state ? 'soonest' : 'latest' } })}
      rowKey={(push) => push.id}
      rowPath={(push) => paths.operator.report(push.id, state)}
      columns={[
        { name: t('operator.reports.instance'), cell: (push) => <span className="mono">{push.instanceRef}</span> },
        { name: t('operator.reports.state'), onCard: true, cell: (push) => <PushBadge state={push.state} /> },
        { name: t('operator.reports.period'), cell: (push) => <When instant={push.periodFrom} /> },
        {
          name: t('operator.reports.measured'),
          align: 'right',
          cell: (push) => `${push.measured} ${measuredIn(push)}`,
        },
        { name: t('operator.reports.units'), align: 'right', cell: (push) => push.sealed?.units ?? '–' },
        { name: t('operator.reports.deadline'), onCard: true, cell: (push) => <When instant={push.deadline} /> },
      ]}
      empty={<EmptyState title={t('operator.reports.emptyTitle')}>{t('operator.reports.empty')}</EmptyState>}
    />
  )
}
