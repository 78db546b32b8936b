import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { type BillLine, exportCharges, listBillLines, readDailyBill } from '../../contract/bills.ts'
import { ask, askPages, urlOf } from '../api.ts'
import { useInLanguage } from '../language.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { CopyableId } from '../parts/CopyableId.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Money } from '../parts/Money.tsx'
import { PagedList } from '../parts/PagedList.tsx'
import { SideDrawer } from '../parts/SideDrawer.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import { useBillsFilter } from './bills-filter.ts'
import classes from './BillDrawer.module.css'
import { PaidBy } from './PaidBy.tsx'

type Bill = z.output<(typeof readDailyBill)['response']>

/** One daily bill at the side of the list: what paid it, its lines, and its fingerprint. */
export function BillDrawer() {
  const { t } = useTranslation()
  const { dailyBillId } = useParams({ strict: false }) as { dailyBillId: Bill['id'] }
  const navigate = useNavigate()
  const filter = useBillsFilter()
  const query = useQuery(ask(readDailyBill, { params: { dailyBillId } }))
  return (
    <SideDrawer
      title={query.data ? t('money.bills.billOf', { day: query.data.day }) : t('money.bills.title')}
      onClose={() => void navigate({ to: paths.billing.bills(filter) })}
    >
      <Loaded query={query} skeleton={<ListSkeleton rows={6} />}>
        {(bill) => (
          <div className={classes['groups']}>
            <Summary bill={bill} />
            <Lines bill={bill} />
            <Proof bill={bill} />
          </div>
        )}
      </Loaded>
    </SideDrawer>
  )
}

function Summary({ bill }: { bill: Bill }) {
  const { t } = useTranslation()
  const { sites } = useSession()
  return (
    <Facts
      facts={[
        { name: t('money.bills.total'), value: <Money amount={bill.total} currency={bill.currency} /> },
        { name: t('money.bills.paidBy'), value: <PaidBy parts={bill.paidBy} currency={bill.currency} /> },
        ...bill.cloud.map((part) => ({
          name: `${t('money.funds.cloud_receivable')} · ${part.instanceRef}`,
          value: <Money amount={part.amount} currency={bill.currency} />,
        })),
        { name: t('money.bills.site'), value: <SiteName code={bill.site} sites={sites} /> },
      ]}
    />
  )
}

function Lines({ bill }: { bill: Bill }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('money.bills.lines')}>
      <PagedList
        label={t('money.bills.lines')}
        pages={askPages(listBillLines, { params: { dailyBillId: bill.id }, query: { limit: 50 } })}
        itemKey={(line) => String(line.position)}
        empty={null}
      >
        {(line) => <Line line={line} />}
      </PagedList>
      <p>
        <Anchor href={urlOf(exportCharges, { query: { billId: bill.id } })} download>
          {t('money.bills.linesCsv')}
        </Anchor>
      </p>
    </section>
  )
}

function Line({ line }: { line: BillLine }) {
  const { t } = useTranslation()
  const filter = useBillsFilter()
  const inLanguage = useInLanguage()
  return (
    <li className={classes['line']}>
      <span>
        <TextLink to={paths.billing.billLine(line.billId, line.position, filter)}>
          {inLanguage(line.meterName)}
        </TextLink>
        <span className={classes['quiet']}>
          {line.workspaceName}
          {line.kind === 'adjustment' ? ` · ${t('money.bills.adjustment', { day: line.usageDay })}` : ''}
        </span>
      </span>
      <Money amount={line.amount} currency={line.currency} />
    </li>
  )
}

function Proof({ bill }: { bill: Bill }) {
  const { t } = useTranslation()
  return (
    <details>
      <summary>{t('money.bills.proof')}</summary>
      <p className={classes['quiet']}>{t('money.bills.proofHelp')}</p>
      <Facts
        facts={[
          { name: 'SHA-256', value: <CopyableId value={bill.hash} what="SHA-256" /> },
          { name: t('money.bills.cut'), value: <span className="mono">{bill.usageCut}</span> },
        ]}
      />
    </details>
  )
}
