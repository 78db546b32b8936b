import { Select } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listActivations } from '../../contract/operator.ts'
import { askPages } from '../api.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ListTable } from '../parts/ListTable.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { StatusBadge } from '../parts/StatusBadge.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { useEventWords } from './record-words.tsx'
import classes from './filter.module.css'

const states = ['open', 'done'] as const
const all = 'all'

/** Buyers on their way, and where each stands; a row opens all that happened. */
export function ActivationsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const words = useEventWords()
  const wanted = (useSearch({ strict: false }) as { state?: string }).state
  const state = states.find((one) => one === wanted)
  return (
    <>
      <PageTitle lead={t('records.activations.lead')}>{t('records.activations.title')}</PageTitle>
      <Select
        label={t('records.activations.state')}
        className={classes['filter'] ?? ''}
        data={[
          { value: all, label: t('records.activations.all') },
          ...states.map((one) => ({ value: one as string, label: t(`records.values.${one}`) })),
        ]}
        value={state ?? all}
        onChange={(chosen) =>
          void navigate({ to: paths.operator.activations(chosen && chosen !== all ? chosen : undefined) })
        }
      />
      <ListTable
        label={t('records.activations.label')}
        pages={askPages(listActivations, { query: { state } })}
        rowKey={(activation) => activation.id}
        rowPath={(activation) => paths.operator.record(activation.id)}
        columns={[
          {
            name: t('records.activations.buyer'),
            cell: (activation) => activation.username ?? t('records.activations.nobody'),
          },
          {
            name: t('records.activations.state'),
            onCard: true,
            cell: ({ state: now }) => (
              <StatusBadge tone={now === 'done' ? 'done' : 'attention'}>{t(`records.values.${now}`)}</StatusBadge>
            ),
          },
          { name: t('records.activations.last'), onCard: true, cell: (activation) => words(activation.last) },
          { name: t('records.activations.lastAt'), cell: (activation) => <When instant={activation.lastAt} /> },
          {
            name: t('records.activations.source'),
            cell: (activation) => t(`records.values.${activation.source}`),
          },
          {
            name: t('records.activations.instance'),
            cell: (activation) => <span className="mono">{activation.instanceRef ?? '–'}</span>,
          },
          { name: t('records.activations.site'), cell: (activation) => activation.site },
        ]}
        empty={<EmptyState title={t('records.activations.emptyTitle')}>{t('records.activations.empty')}</EmptyState>}
      />
    </>
  )
}
