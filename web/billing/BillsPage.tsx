import { Button, Tabs } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { exportCharges, listDailyBills, listMonthlyBills } from '../../contract/bills.ts'
import { askPages, urlOf } from '../api.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ListTable } from '../parts/ListTable.tsx'
import { Money } from '../parts/Money.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { PaidBy } from './PaidBy.tsx'

/** Daily and monthly bills; a row opens its lines at the side, and a line what it follows from. */
export function BillsPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageTitle
        lead={t('money.bills.lead')}
        action={
          <Button component="a" variant="default" href={urlOf(exportCharges)} download>
            {t('money.bills.csv')}
          </Button>
        }
      >
        {t('money.bills.title')}
      </PageTitle>
      <Tabs defaultValue="daily" keepMounted={false}>
        <Tabs.List mb={24}>
          <Tabs.Tab value="daily">{t('money.bills.daily')}</Tabs.Tab>
          <Tabs.Tab value="monthly">{t('money.bills.monthly')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="daily">
          <DailyBills />
        </Tabs.Panel>
        <Tabs.Panel value="monthly">
          <MonthlyBills />
        </Tabs.Panel>
      </Tabs>
      <Outlet />
    </>
  )
}

function DailyBills() {
  const { t } = useTranslation()
  return (
    <ListTable
      label={t('money.bills.daily')}
      pages={askPages(listDailyBills, { query: {} })}
      rowKey={(bill) => bill.id}
      rowPath={(bill) => paths.billing.bill(bill.id)}
      columns={[
        { name: t('money.bills.day'), cell: (bill) => bill.day },
        { name: t('money.bills.site'), cell: (bill) => bill.site },
        {
          name: t('money.bills.paidBy'),
          onCard: true,
          cell: (bill) => <PaidBy parts={bill.paidBy} currency={bill.currency} />,
        },
        { name: t('money.bills.lines'), align: 'right', cell: (bill) => bill.lineCount },
        {
          name: t('money.bills.total'),
          align: 'right',
          onCard: true,
          cell: (bill) => <Money amount={bill.total} currency={bill.currency} />,
        },
      ]}
      empty={<EmptyState title={t('money.bills.emptyTitle')}>{t('money.bills.empty')}</EmptyState>}
    />
  )
}

function MonthlyBills() {
  const { t } = useTranslation()
  return (
    <ListTable
      label={t('money.bills.monthly')}
      pages={askPages(listMonthlyBills, { query: {} })}
      rowKey={(bill) => bill.id}
      rowPath={(bill) => paths.billing.monthlyBill(bill.id)}
      columns={[
        { name: t('money.bills.month'), cell: (bill) => bill.month },
        { name: t('money.bills.site'), cell: (bill) => bill.site },
        {
          name: t('money.bills.paidBy'),
          onCard: true,
          cell: (bill) => <PaidBy parts={bill.paidBy} currency={bill.currency} />,
        },
        { name: t('money.bills.issued'), cell: (bill) => <When instant={bill.issuedAt} show="date" /> },
        {
          name: t('money.bills.total'),
          align: 'right',
          onCard: true,
          cell: (bill) => <Money amount={bill.total} currency={bill.currency} />,
        },
      ]}
      empty={<EmptyState title={t('money.bills.monthlyEmptyTitle')}>{t('money.bills.monthlyEmpty')}</EmptyState>}
    />
  )
}
