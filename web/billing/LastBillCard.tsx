import { useTranslation } from 'react-i18next'
import type { DailyBill } from '../../contract/bills.ts'
import type { SiteSpending } from '../../contract/wallet.ts'
import { useInLanguage } from '../language.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { Card } from '../parts/Card.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Money } from '../parts/Money.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import { useLatestBills, useSpending } from './money-at-a-glance.ts'
import classes from './OverviewPage.module.css'
import { PaidBy } from './PaidBy.tsx'

/** The bill of the latest day: what it came to and what paid it. Before there is one, when it will come. */
export function LastBillCard() {
  const { t } = useTranslation()
  const query = useLatestBills()
  return (
    <Card
      title={t('billing.overview.lastBill')}
      action={<TextLink to={paths.billing.bills()}>{t('billing.overview.allBills')}</TextLink>}
    >
      <Loaded query={query} skeleton={<ListSkeleton rows={2} />}>
        {(bills) => (bills.length === 0 ? <FirstBill /> : <Bills bills={bills} />)}
      </Loaded>
    </Card>
  )
}

function Bills({ bills }: { bills: readonly DailyBill[] }) {
  const { t } = useTranslation()
  const { sites } = useSession()
  return (
    <ul className={classes['list']}>
      {bills.map((bill) => (
        <li key={bill.id}>
          <div className={classes['troubled']}>
            <TextLink to={paths.billing.bill(bill.id)}>{t('money.bills.billOf', { day: bill.day })}</TextLink>
            <strong className={classes['total']}>
              <Money amount={bill.total} currency={bill.currency} />
            </strong>
          </div>
          <p className={classes['note']}>
            <SiteName code={bill.site} sites={sites} />
          </p>
          <div className={classes['paidBy']}>
            <span className={classes['note']}>{t('money.bills.paidBy')}</span>
            <PaidBy parts={bill.paidBy} currency={bill.currency} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function FirstBill() {
  const { t } = useTranslation()
  const sites = useSpending().data?.sites
  return (
    <>
      <p className={classes['first']}>{t('billing.overview.firstBillTitle')}</p>
      <p className={classes['note']}>
        {t(sites?.length === 0 ? 'billing.overview.firstBillNobody' : 'billing.overview.firstBill')}
      </p>
      {sites?.map((site) => (
        <Midnight key={site.site} site={site} />
      ))}
    </>
  )
}

function Midnight({ site: { site: code, nextBillAt } }: { site: SiteSpending }) {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const { sites } = useSession()
  const site = sites.find((one) => one.code === code)
  const zone = site ? { timeZone: site.timeZone } : {}
  return (
    <p className={classes['note']}>
      {t('billing.overview.nextMidnight', { site: site ? inLanguage(site.name) : code })}
      <When instant={nextBillAt} {...zone} />
    </p>
  )
}
