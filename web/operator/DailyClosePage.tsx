import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listBillDays, listParkedBills, type ParkedBill, retryParkedBill } from '../../contract/operator-money.ts'
import { askPages, call, keyOf } from '../api.ts'
import { useAction } from '../forms.tsx'
import { TextLink } from '../parts/ButtonLink.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { FormProblem } from '../parts/FormProblem.tsx'
import { ListTable } from '../parts/ListTable.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { useSay } from '../parts/say.ts'
import { paths } from '../paths.ts'
import classes from './DailyClosePage.module.css'

/** Bills that wait for a person, and how each site's days were closed. */
export function DailyClosePage() {
  const { t } = useTranslation()
  return (
    <>
      <PageTitle lead={t('operator.bills.lead')}>{t('operator.bills.title')}</PageTitle>
      <h2 className={classes['title']}>{t('operator.bills.parked')}</h2>
      <ListTable
        label={t('operator.bills.parked')}
        pages={askPages(listParkedBills)}
        rowKey={(bill) => `${bill.site}/${bill.day}/${bill.billingAccountId}`}
        columns={[
          {
            name: t('operator.bills.payer'),
            cell: (bill) => <TextLink to={paths.operator.payer(bill.billingAccountId)}>{bill.username}</TextLink>,
          },
          { name: t('operator.bills.day'), onCard: true, cell: (bill) => `${bill.site} · ${bill.day}` },
          { name: t('operator.bills.reasons'), onCard: true, cell: reasonsOf },
          { name: t('operator.bills.actions'), onCard: true, cell: (bill) => <Retry bill={bill} /> },
        ]}
        empty={<EmptyState title={t('operator.bills.parkedNoneTitle')}>{t('operator.bills.parkedNone')}</EmptyState>}
      />
      <h2 className={classes['title']}>{t('operator.bills.days')}</h2>
      <ListTable
        label={t('operator.bills.days')}
        pages={askPages(listBillDays)}
        rowKey={(day) => `${day.site}/${day.day}`}
        columns={[
          { name: t('operator.bills.day'), cell: (day) => day.day },
          { name: t('operator.bills.site'), onCard: true, cell: (day) => day.site },
          {
            name: t('operator.bills.state'),
            onCard: true,
            cell: (day) => t(`operator.bills.dayStates.${day.state}`),
          },
          { name: t('operator.bills.issued'), align: 'right', cell: (day) => day.issued },
          { name: t('operator.bills.nothing'), align: 'right', cell: (day) => day.nothing },
          { name: t('operator.bills.parkedCount'), align: 'right', cell: (day) => day.parked },
          { name: t('operator.bills.waiting'), align: 'right', cell: (day) => day.open },
        ]}
        empty={<EmptyState title={t('operator.bills.daysNoneTitle')}>{t('operator.bills.daysNone')}</EmptyState>}
      />
    </>
  )
}

function reasonsOf(bill: Pick<ParkedBill, 'reasons'>): string {
  return bill.reasons.map((one) => one.reason).join(', ')
}

function Retry({ bill }: { bill: ParkedBill }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSay()
  const { site, day, billingAccountId } = bill
  const retry = useAction({
    send: () => call(retryParkedBill, { body: { site, day, billingAccountId } }),
    onDone: async (answer) => {
      if (answer.state === 'parked') say(t('operator.bills.stillParked', { reasons: reasonsOf(answer) }), 'attention')
      else say(t('operator.bills.retried'))
      await client.invalidateQueries({ queryKey: keyOf(listParkedBills) })
    },
  })
  return (
    <>
      <Button size="compact-sm" variant="default" loading={retry.pending} onClick={() => void retry.run(undefined)}>
        {t('operator.bills.retry')}
      </Button>
      <FormProblem problem={retry.problem} />
    </>
  )
}
