import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { readBillingOverview } from '../../contract/accounts.ts'
import { readActivation, resumeActivation } from '../../contract/activation.ts'
import { ask, call, keyOf } from '../api.ts'
import { useAction } from '../forms.tsx'
import { useLanguage } from '../language.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { Card } from '../parts/Card.tsx'
import { CardColumns } from '../parts/CardColumns.tsx'
import { Facts } from '../parts/Facts.tsx'
import { FormProblem } from '../parts/FormProblem.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { CardsSkeleton } from '../parts/Skeletons.tsx'
import { dayInWords } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { AttentionCard } from './AttentionCard.tsx'
import { HeldCard } from './HeldCard.tsx'
import { LastBillCard } from './LastBillCard.tsx'
import classes from './OverviewPage.module.css'
import { SpentCard } from './SpentCard.tsx'

type Overview = z.output<(typeof readBillingOverview)['response']>

/** The account at a glance: what is unfinished, what needs attention, money spent, held and owed, and the way to everything else. */
export function OverviewPage() {
  const { t } = useTranslation()
  const query = useQuery(ask(readBillingOverview))
  return (
    <>
      <PageTitle lead={t('billing.overview.lead')}>{t('billing.overview.title')}</PageTitle>
      <Loaded query={query} skeleton={<CardsSkeleton cards={4} />}>
        {(overview) => (
          <div className={classes['groups']}>
            {overview.openActivation ? <Unfinished activation={overview.openActivation} /> : null}
            <CardColumns>
              <div className={classes['groups']}>
                <AttentionCard overview={overview} />
                <SpentCard />
                <LastBillCard />
              </div>
              <div className={classes['groups']}>
                <HeldCard />
                <Counts overview={overview} />
                <Account overview={overview} />
              </div>
            </CardColumns>
          </div>
        )}
      </Loaded>
    </>
  )
}

function Unfinished({ activation }: { activation: NonNullable<Overview['openActivation']> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useQueryClient()
  const navigate = useNavigate()
  const resume = useAction({
    send: () => call(resumeActivation, { params: { activationId: activation.id } }),
    onDone: async (view) => {
      client.setQueryData(keyOf(readActivation, {}), view)
      await navigate({ to: paths.activation.step(view.step) })
    },
  })
  return (
    <Notice
      tone="attention"
      title={t('billing.overview.continueTitle')}
      action={
        <Button size="sm" loading={resume.pending} onClick={() => void resume.run(undefined)}>
          {t('billing.overview.continue')}
        </Button>
      }
    >
      {t('billing.overview.continueBody', { date: dayInWords(activation.startedAt, language) })}
      <div className={classes['refused']}>
        <FormProblem problem={resume.problem} />
      </div>
    </Notice>
  )
}

function Account({ overview: { account, company } }: { overview: Overview }) {
  const { t } = useTranslation()
  return (
    <Card
      title={t('billing.overview.account')}
      action={<TextLink to={paths.billing.account()}>{t('billing.overview.accountEdit')}</TextLink>}
    >
      <Facts
        facts={[
          { name: t('billing.overview.company'), value: company.name },
          { name: t('billing.overview.username'), value: account.username },
          { name: t('billing.overview.email'), value: account.email },
          { name: t('billing.overview.currency'), value: account.currency },
        ]}
      />
    </Card>
  )
}

function Counts({ overview }: { overview: Overview }) {
  const { t } = useTranslation()
  return (
    <Card title={t('billing.overview.holds')}>
      <ul className={classes['list']}>
        <li>
          {t('billing.overview.workspacesCount', { count: overview.workspaceCount })}
          <p className={classes['note']}>
            <TextLink to={paths.billing.workspaces()}>{t('billing.overview.workspacesOpen')}</TextLink>
          </p>
        </li>
        <li>
          {t('billing.overview.cloudsCount', { count: overview.cloudAccountCount })}
          <p className={classes['note']}>
            <TextLink to={paths.billing.cloudAccounts()}>{t('billing.overview.cloudsOpen')}</TextLink>
          </p>
        </li>
      </ul>
    </Card>
  )
}
