import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { readMoneyOverview } from '../../contract/wallet.ts'
import { useInLanguage } from '../language.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { Card } from '../parts/Card.tsx'
import { Figures } from '../parts/Figures.tsx'
import { ItemTable } from '../parts/ItemTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Money } from '../parts/Money.tsx'
import { Notice } from '../parts/Notice.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { paths } from '../paths.ts'
import { serverNow, useSession } from '../session.tsx'
import { monthAround } from './bills-filter.ts'
import { useSpending } from './money-at-a-glance.ts'
import classes from './OverviewPage.module.css'

type Spending = z.output<(typeof readMoneyOverview)['response']>

/** What today and this month cost so far. */
export function SpentCard() {
  const { t } = useTranslation()
  const query = useSpending()
  const { sites } = useSession()
  const month = monthAround(serverNow(), sites[0]?.timeZone, 0)
  return (
    <Card
      title={t('billing.overview.spent')}
      action={<TextLink to={paths.billing.bills(month)}>{t('billing.overview.monthBills')}</TextLink>}
    >
      <Loaded query={query} skeleton={<ListSkeleton rows={2} />}>
        {(spending) => <Spent spending={spending} />}
      </Loaded>
    </Card>
  )
}

function Spent({ spending }: { spending: Spending }) {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const { currency, sites } = spending
  const withoutPrice = new Set(sites.flatMap((site) => site.today.withoutPrice.map(inLanguage)))
  return (
    <div className={classes['parts']}>
      <Figures
        figures={[
          { name: t('billing.overview.today'), value: <Money amount={spending.todaySoFar} currency={currency} /> },
          { name: t('billing.overview.month'), value: <Money amount={spending.monthToNow} currency={currency} /> },
        ]}
      />
      {sites.length > 1 ? <BySite spending={spending} /> : null}
      {withoutPrice.size > 0 ? (
        <Notice tone="attention">
          {t('billing.overview.withoutPrice', { meters: [...withoutPrice].join(t('billing.overview.and')) })}
        </Notice>
      ) : null}
      <p className={classes['note']}>{t('billing.overview.spentNote')}</p>
    </div>
  )
}

function BySite({ spending: { currency, sites: spent } }: { spending: Spending }) {
  const { t } = useTranslation()
  const { sites } = useSession()
  return (
    <ItemTable
      label={t('billing.overview.bySite')}
      items={spent}
      rowKey={(one) => one.site}
      columns={[
        { name: t('money.bills.site'), cell: (one) => <SiteName code={one.site} sites={sites} /> },
        {
          name: t('billing.overview.today'),
          align: 'right',
          onCard: true,
          cell: (one) => <Money amount={one.today.total} currency={currency} />,
        },
        {
          name: t('billing.overview.month'),
          align: 'right',
          onCard: true,
          cell: (one) => <Money amount={one.monthToNow} currency={currency} />,
        },
      ]}
    />
  )
}
