import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listPaidWorkspaces } from '../../contract/workspaces.ts'
import { askPages } from '../api.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ListTable } from '../parts/ListTable.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { SettlementInShort } from '../parts/SettlementInShort.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { StandingBadge } from '../parts/StatusBadge.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'

/** The workspaces this account pays for; a row opens at the side, under its own URL. */
export function WorkspacesPage() {
  const { t } = useTranslation()
  const { sites } = useSession()
  return (
    <>
      <PageTitle lead={t('billing.workspaces.lead')}>{t('billing.workspaces.title')}</PageTitle>
      <ListTable
        label={t('billing.workspaces.label')}
        pages={askPages(listPaidWorkspaces)}
        rowKey={(workspace) => workspace.id}
        rowPath={(workspace) => paths.billing.workspace(workspace.id)}
        columns={[
          { name: t('billing.workspaces.name'), cell: (workspace) => workspace.name },
          {
            name: t('billing.workspaces.standing'),
            onCard: true,
            cell: (workspace) => <StandingBadge standing={workspace.standing} />,
          },
          {
            name: t('billing.workspaces.paidBy'),
            onCard: true,
            cell: (workspace) => <SettlementInShort settlement={workspace.settlement} />,
          },
          {
            name: t('billing.workspaces.site'),
            cell: (workspace) => <SiteName code={workspace.site} sites={sites} />,
          },
          {
            name: t('billing.workspaces.since'),
            cell: (workspace) => <When instant={workspace.boundAt} show="date" />,
          },
        ]}
        empty={<EmptyState title={t('billing.workspaces.emptyTitle')}>{t('billing.workspaces.empty')}</EmptyState>}
      />
      <Outlet />
    </>
  )
}
