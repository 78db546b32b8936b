import { useTranslation } from 'react-i18next'
import { listDifferences } from '../../contract/settlement.ts'
import { askPages } from '../api.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ListTable } from '../parts/ListTable.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { StatusBadge } from '../parts/StatusBadge.tsx'
import { When } from '../parts/When.tsx'

/** Where reports and the marketplace's statement do not agree. */
export function DifferencesPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageTitle lead={t('operator.differences.lead')}>{t('operator.differences.title')}</PageTitle>
      <ListTable
        label={t('operator.differences.label')}
        pages={askPages(listDifferences, { query: { show: 'standing' } })}
        rowKey={(difference) => difference.id}
        columns={[
          {
            name: t('operator.differences.kind'),
            cell: (difference) => (
              <StatusBadge tone="attention">{t(`operator.differences.kinds.${difference.kind}`)}</StatusBadge>
            ),
          },
          {
            name: t('operator.differences.instance'),
            onCard: true,
            cell: (difference) => <span className="mono">{difference.instanceRef}</span>,
          },
          { name: t('operator.differences.day'), onCard: true, cell: (difference) => difference.day },
          { name: t('operator.differences.ours'), align: 'right', cell: (difference) => difference.ours },
          { name: t('operator.differences.theirs'), align: 'right', cell: (difference) => difference.theirs },
          { name: t('operator.differences.seen'), cell: (difference) => <When instant={difference.lastSeenAt} /> },
        ]}
        empty={<EmptyState title={t('operator.differences.emptyTitle')}>{t('operator.differences.empty')}</EmptyState>}
      />
    </>
  )
}
