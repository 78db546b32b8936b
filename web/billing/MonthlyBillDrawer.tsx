import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { exportMonthlyBill, type MonthlyBill, readMonthlyBill } from '../../contract/bills.ts'
import { ask, urlOf } from '../api.ts'
import { CopyableId } from '../parts/CopyableId.tsx'
import { Facts } from '../parts/Facts.tsx'
import { ItemTable } from '../parts/ItemTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Money } from '../parts/Money.tsx'
import { SideDrawer } from '../parts/SideDrawer.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import { useBillsFilter } from './bills-filter.ts'
import classes from './BillDrawer.module.css'
import { PaidBy } from './PaidBy.tsx'

/** One monthly bill at the side of the list: its days, what paid them, and its lines as a file. */
export function MonthlyBillDrawer() {
  const { t } = useTranslation()
  const { monthlyBillId } = useParams({ strict: false }) as { monthlyBillId: MonthlyBill['id'] }
  const navigate = useNavigate()
  const { sites } = useSession()
  const filter = useBillsFilter()
  const query = useQuery(ask(readMonthlyBill, { params: { monthlyBillId } }))
  return (
    <SideDrawer
      title={query.data ? t('money.bills.monthOf', { month: query.data.month }) : t('money.bills.title')}
      onClose={() => void navigate({ to: paths.billing.bills(filter) })}
    >
      <Loaded query={query} skeleton={<ListSkeleton rows={6} />}>
        {(bill) => (
          <div className={classes['groups']}>
            <Facts
              facts={[
                { name: t('money.bills.total'), value: <Money amount={bill.total} currency={bill.currency} /> },
                { name: t('money.bills.paidBy'), value: <PaidBy parts={bill.paidBy} currency={bill.currency} /> },
                { name: t('money.bills.site'), value: <SiteName code={bill.site} sites={sites} /> },
                { name: t('money.bills.proof'), value: <CopyableId value={bill.hash} what="SHA-256" /> },
              ]}
            />
            <ItemTable
              label={t('money.bills.days')}
              items={bill.days}
              rowKey={(one) => one.day}
              columns={[
                { name: t('money.bills.day'), cell: (one) => one.day },
                {
                  name: t('money.bills.total'),
                  align: 'right',
                  onCard: true,
                  cell: (one) => <Money amount={one.total} currency={bill.currency} />,
                },
              ]}
            />
            <Anchor href={urlOf(exportMonthlyBill, { params: { monthlyBillId } })} download>
              {t('money.bills.linesCsv')}
            </Anchor>
          </div>
        )}
      </Loaded>
    </SideDrawer>
  )
}
