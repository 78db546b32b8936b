import { Button, Tabs } from '@mantine/core'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { exportCharges, listDailyBills, listMonthlyBills } from '../../contract/bills.ts'
import { askPages, urlOf } from '../api.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ListTable } from '../parts/ListTable.tsx'
import { Money } from '../parts/Money.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import { type BillsFilter, useBillsFilter } from './bills-filter.ts'
import { BillsFilterBar } from './BillsFilterBar.tsx'
import { PaidBy } from './PaidBy.tsx'

/** Daily and monthly bills, filtered by the URL; a row opens its lines at the side, and a line what it follows from. */
export function BillsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const filter = useBillsFilter()
  const show = (kind: string | null) =>
    void navigate({ to: paths.billing.bills({ ...filter, show: kind === 'monthly' ? 'monthly' : undefined }) })
  return (
    <>
      <PageTitle lead={t('money.bills.lead')} action={<ChargesFile filter={filter} />}>
        {t('money.bills.title')}
      </PageTitle>
      <Tabs value={filter.show ?? 'daily'} onChange={show} keepMounted={false}>
        <Tabs.List mb={24}>
          <Tabs.Tab value="daily">{t('money.bills.daily')}</Tabs.Tab>
          <Tabs.Tab value="monthly">{t('money.bills.monthly')}</Tabs.Tab>
        </Tabs.List>
        <BillsFilterBar />
        <Tabs.Panel value="daily">
          <DailyBills filter={filter} />
        </Tabs.Panel>
        <Tabs.Panel value="monthly">
          <MonthlyBills filter={filter} />
        </Tabs.Panel>
      </Tabs>
      <Outlet />
    </>
  )
}

/** Every line of the bills that are shown, as a file. */
function ChargesFile({ filter: { show, site, from, to } }: { filter: BillsFilter }) {
  const { t } = useTranslation()
  // The days are no filter of monthly bills, so they are none of their lines.
  const query = show === 'monthly' ? { site } : { site, from, to }
  const all = Object.values(query).every((one) => one === undefined)
  return (
    <Button component="a" variant="default" href={urlOf(exportCharges, { query })} download>
      {t(all ? 'money.bills.csv' : 'money.bills.csvOfThese')}
    </Button>
  )
}

function NoneMatches() {
  const { t } = useTranslation()
  return <EmptyState title={t('money.bills.noneMatchesTitle')}>{t('money.bills.noneMatches')}</EmptyState>
}

function DailyBills({ filter }: { filter: BillsFilter }) {
  const { t } = useTranslation()
  const { sites } = useSession()
  const { site, from, to } = filter
  const filtered = site !== undefined || from !== undefined || to !== undefined
  return (
    <ListTable
      label={t('money.bills.daily')}
      pages={askPages(listDailyBills, { query: { site, from, to } })}
      rowKey={(bill) => bill.id}
      rowPath={(bill) => paths.billing.bill(bill.id, filter)}
      columns={[
        { name: t('money.bills.day'), cell: (bill) => bill.day },
        { name: t('money.bills.site'), cell: (bill) => <SiteName code={bill.site} sites={sites} /> },
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
      empty={
        filtered ? (
          <NoneMatches />
        ) : (
          <EmptyState title={t('money.bills.emptyTitle')}>{t('money.bills.empty')}</EmptyState>
        )
      }
    />
  )
}

function MonthlyBills({ filter }: { filter: BillsFilter }) {
  const { t } = useTranslation()
  const { sites } = useSession()
  return (
    <ListTable
      label={t('money.bills.monthly')}
      pages={askPages(listMonthlyBills, { query: { site: filter.site } })}
      rowKey={(bill) => bill.id}
      rowPath={(bill) => paths.billing.monthlyBill(bill.id, filter)}
      columns={[
        { name: t('money.bills.month'), cell: (bill) => bill.month },
        { name: t('money.bills.site'), cell: (bill) => <SiteName code={bill.site} sites={sites} /> },
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
      empty={
        filter.site === undefined ? (
          <EmptyState title={t('money.bills.monthlyEmptyTitle')}>{t('money.bills.monthlyEmpty')}</EmptyState>
        ) : (
          <NoneMatches />
        )
      }
    />
  )
}
