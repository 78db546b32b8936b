import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Outlet, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listPayers } from '../../contract/operator-money.ts'
import { askPages } from '../api.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ListTable } from '../parts/ListTable.tsx'
import { Money } from '../parts/Money.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import classes from './PayersPage.module.css'

/** Billing Center accounts, found by username, e-mail or company; a row opens what can be done for it. */
export function PayersPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = (useSearch({ strict: false }) as { search?: string }).search ?? ''
  const [typed, setTyped] = useState(search)
  const look = useDebouncedCallback((words: string) => {
    // A row may have been opened meanwhile: then the list is not to come back over it.
    if (window.location.pathname !== paths.operator.payers()) return
    void navigate({ to: paths.operator.payers(words), replace: true })
  }, 300)
  return (
    <>
      <PageTitle lead={t('operator.payers.lead')}>{t('operator.payers.title')}</PageTitle>
      <TextInput
        type="search"
        label={t('operator.payers.search')}
        className={classes['search'] ?? ''}
        maxLength={100}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          look(event.currentTarget.value.trim())
        }}
      />
      <ListTable
        label={t('operator.payers.label')}
        pages={askPages(listPayers, { query: { search: search || undefined } })}
        rowKey={(payer) => payer.id}
        rowPath={(payer) => paths.operator.payer(payer.id, search)}
        columns={[
          { name: t('operator.payers.username'), cell: (payer) => payer.username },
          { name: t('operator.payers.company'), onCard: true, cell: (payer) => payer.companyName ?? '–' },
          {
            name: t('operator.payers.cash'),
            align: 'right',
            cell: (payer) => <Money amount={payer.cash} currency={payer.currency} />,
          },
          {
            name: t('operator.payers.debt'),
            align: 'right',
            onCard: true,
            cell: (payer) => <Money amount={payer.debt} currency={payer.currency} />,
          },
          { name: t('operator.payers.since'), cell: (payer) => <When instant={payer.createdAt} show="date" /> },
        ]}
        empty={<EmptyState title={t('operator.payers.emptyTitle')}>{t('operator.payers.empty')}</EmptyState>}
      />
      <Outlet />
    </>
  )
}
