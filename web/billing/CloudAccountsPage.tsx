import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listCloudAccounts } from '../../contract/accounts.ts'
import { askPages } from '../api.ts'
import { useCloudName } from '../parts/cloud-name.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ListTable } from '../parts/ListTable.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'

/** The cloud accounts bound to this account; a row opens its purchases at the side. */
export function CloudAccountsPage() {
  const { t } = useTranslation()
  const cloudName = useCloudName()
  return (
    <>
      <PageTitle lead={t('billing.clouds.lead')}>{t('billing.clouds.title')}</PageTitle>
      <ListTable
        label={t('billing.clouds.label')}
        pages={askPages(listCloudAccounts)}
        rowKey={(account) => account.id}
        rowPath={(account) => paths.billing.cloudAccount(account.id)}
        columns={[
          { name: t('billing.clouds.account'), cell: (account) => <span className="mono">{account.accountRef}</span> },
          { name: t('billing.clouds.cloud'), onCard: true, cell: (account) => cloudName(account.marketplace) },
          {
            name: t('billing.clouds.instances'),
            align: 'right',
            onCard: true,
            cell: (account) => account.instances.length,
          },
          { name: t('billing.clouds.bound'), cell: (account) => <When instant={account.boundAt} show="date" /> },
        ]}
        empty={<EmptyState title={t('billing.clouds.emptyTitle')}>{t('billing.clouds.empty')}</EmptyState>}
      />
      <Outlet />
    </>
  )
}
