import { Button, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { decideUncollected, listPushes, readPush, readPushSummary, resolvePush } from '../../contract/settlement.ts'
import { ask, call, keyOf } from '../api.ts'
import { useAction } from '../forms.tsx'
import { TextLink } from '../parts/ButtonLink.tsx'
import { Facts } from '../parts/Facts.tsx'
import { FormProblem } from '../parts/FormProblem.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Money } from '../parts/Money.tsx'
import { Notice } from '../parts/Notice.tsx'
import { useSay } from '../parts/say.ts'
import { SideDrawer } from '../parts/SideDrawer.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import classes from './ReportDrawer.module.css'
import { measuredIn, PushBadge } from './push-words.tsx'

type Report = z.output<(typeof readPush)['response']>

/** One report at the side of the list: its figures, its calls, and what only a person can decide. */
export function ReportDrawer() {
  const { t } = useTranslation()
  const { usageRecordId } = useParams({ strict: false }) as { usageRecordId: Report['id'] }
  const navigate = useNavigate()
  const { state } = useSearch({ strict: false }) as { state?: string }
  const query = useQuery(ask(readPush, { params: { usageRecordId } }))
  return (
    <SideDrawer
      title={query.data?.instanceRef ?? t('operator.reports.title')}
      onClose={() => void navigate({ to: paths.operator.reports(state) })}
    >
      <Loaded query={query} skeleton={<ListSkeleton rows={6} />}>
        {(report) => (
          <div className={classes['groups']}>
            {report.state === 'UNKNOWN' ? <Resolve report={report} /> : null}
            {['REJECTED', 'EXPIRED'].includes(report.state) && report.uncollected === null ? (
              <Uncollected report={report} />
            ) : null}
            <Figures report={report} />
            {report.bills.length > 0 ? <Bills report={report} /> : null}
            <Calls report={report} />
          </div>
        )}
      </Loaded>
    </SideDrawer>
  )
}

function Figures({ report }: { report: Report }) {
  const { t } = useTranslation()
  const { sealed } = report
  return (
    <Facts
      facts={[
        { name: t('operator.reports.state'), value: <PushBadge state={report.state} /> },
        {
          name: t('operator.reports.dimension'),
          value: <span className="mono">{report.item ?? report.dimension}</span>,
        },
        {
          name: t('operator.reports.period'),
          value: (
            <>
              <When instant={report.periodFrom} /> – <When instant={report.periodUntil} />
            </>
          ),
        },
        { name: t('operator.reports.deadline'), value: <When instant={report.deadline} /> },
        { name: t('operator.reports.measured'), value: `${report.measured} ${measuredIn(report)}` },
        ...(sealed
          ? [
              { name: t('operator.reports.units'), value: sealed.units },
              { name: t('operator.reports.unit'), value: `${sealed.unit} ${measuredIn(report)}` },
              { name: t('operator.reports.carried'), value: `${sealed.carriedIn} → ${sealed.carriedOut}` },
            ]
          : []),
        ...(report.code ? [{ name: t('operator.reports.last'), value: `${report.code} ${report.message ?? ''}` }] : []),
        ...(report.endedAt ? [{ name: t('operator.reports.ended'), value: <When instant={report.endedAt} /> }] : []),
      ]}
    />
  )
}

/** A report of a meter in money: what bills charge for what it holds. */
function Bills({ report }: { report: Report }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('operator.reports.bills')}>
      <h3 className={classes['title']}>{t('operator.reports.bills')}</h3>
      <Facts
        facts={report.bills.map(({ billId, day, site, amount, uncollected, currency }) => ({
          name: `${day} · ${site}`,
          value: (
            <>
              <TextLink to={paths.operator.record(billId)}>
                <Money amount={amount} currency={currency} />
              </TextLink>
              {Number(uncollected) > 0 ? (
                <div>
                  {t('operator.reports.notCollected')} <Money amount={uncollected ?? ''} currency={currency} />
                </div>
              ) : null}
            </>
          ),
        }))}
      />
    </section>
  )
}

function Calls({ report }: { report: Report }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('operator.reports.calls')}>
      <h3 className={classes['title']}>{t('operator.reports.calls')}</h3>
      {report.calls.length === 0 ? <p>{t('operator.reports.callNone')}</p> : null}
      <ul className={classes['calls']}>
        {report.calls.map((one) => (
          <li key={one.id}>
            <When instant={one.startedAt} /> · {one.verdict ?? '…'} {one.code ?? ''}
            {one.receipt ? <span className="mono"> {one.receipt}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** After a decision the list, the summary and this report are read anew. */
function useDecided() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSay()
  return async () => {
    await Promise.all(
      [readPush, listPushes, readPushSummary].map((read) => client.invalidateQueries({ queryKey: keyOf(read) })),
    )
    say(t('operator.reports.resolved'))
  }
}

type Resolution = 'accepted' | 'send_again' | 'rejected'

function Resolve({ report }: { report: Report }) {
  const { t } = useTranslation()
  const [because, setBecause] = useState('')
  const resolve = useAction({
    send: (resolution: Resolution) =>
      call(resolvePush, { params: { usageRecordId: report.id }, body: { resolution, because } }),
    onDone: useDecided(),
  })
  const ready = because.trim().length >= 3
  const button = (resolution: Resolution, words: string) => (
    <Button
      size="sm"
      variant="default"
      disabled={!ready}
      loading={resolve.pending}
      onClick={() => void resolve.run(resolution)}
    >
      {words}
    </Button>
  )
  return (
    <Notice tone="attention" title={t('operator.reports.resolveTitle')}>
      <div className={classes['decide']}>
        <p>{t('operator.reports.resolveBody')}</p>
        <Textarea
          label={t('operator.reports.because')}
          value={because}
          maxLength={500}
          onChange={(event) => setBecause(event.currentTarget.value)}
        />
        <FormProblem problem={resolve.problem} />
        <div className={classes['buttons']}>
          {button('accepted', t('operator.reports.accepted'))}
          {button('send_again', t('operator.reports.sendAgain'))}
          {button('rejected', t('operator.reports.rejected'))}
        </div>
      </div>
    </Notice>
  )
}

function Uncollected({ report }: { report: Report }) {
  const { t } = useTranslation()
  const decide = useAction({
    send: (choice: 'waived' | 'to_debt') =>
      call(decideUncollected, { params: { usageRecordId: report.id }, body: { choice } }),
    onDone: useDecided(),
  })
  return (
    <Notice tone="attention" title={t('operator.reports.uncollectedTitle')}>
      <FormProblem problem={decide.problem} />
      <div className={classes['buttons']}>
        <Button size="sm" variant="default" loading={decide.pending} onClick={() => void decide.run('waived')}>
          {t('operator.reports.waive')}
        </Button>
        <Button size="sm" variant="default" loading={decide.pending} onClick={() => void decide.run('to_debt')}>
          {t('operator.reports.toDebt')}
        </Button>
      </div>
    </Notice>
  )
}
