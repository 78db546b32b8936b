import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type ActivationWorkspace, confirmActivation } from '../../contract/activation.ts'
import { readSession } from '../../contract/identity.ts'
import { call, keyOf } from '../api.ts'
import { useAction } from '../forms.tsx'
import { useLanguage } from '../language.ts'
import { useCloudName } from '../parts/cloud-name.ts'
import { ButtonLink, TextLink } from '../parts/ButtonLink.tsx'
import { Facts } from '../parts/Facts.tsx'
import { FormProblem } from '../parts/FormProblem.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { StandingBadge } from '../parts/StatusBadge.tsx'
import { dayInWords } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { serverNow, useSession } from '../session.tsx'
import { useActivation } from './activation-context.ts'
import classes from './DoneStep.module.css'
import { endingOf, type Next } from './ending.ts'
import { openingOf } from './steps.ts'
import buttons from './StepForm.module.css'
import list from './WorkspacesStep.module.css'

/** The end: what is now true and one button; on any later visit, the workspaces this purchase pays for. */
export function DoneStep() {
  const { view } = useActivation()
  return endingOf(view.id) ? <Ending /> : <Settled />
}

/** Where Confirm leads, as a URL of this web. */
export function pathOfNext(next: Next): string {
  const workspace = paths.console.workspace(next.site, next.workspaceId)
  return next.to === 'workspace'
    ? workspace
    : paths.console.signIn(next.site, { username: next.username, next: workspace })
}

function Ending() {
  const { t } = useTranslation()
  const { view } = useActivation()
  const { sites } = useSession()
  const language = useLanguage()
  const cloudName = useCloudName()
  const open = useOpening()
  const { purchase, account } = view
  const company = account?.companyName ?? ''
  const site = sites.find((one) => one.code === (view.settled[0]?.site ?? view.site))
  const tomorrow = dayInWords(serverNow() + 86_400_000, language, site?.timeZone)
  const names = view.settled.map((workspace) => workspace.name).join(language === 'zh' ? '、' : ', ')
  return (
    <>
      <PageTitle lead={t('activation.done.lead')} above={<Seal />}>
        {t('activation.done.title')}
      </PageTitle>
      <div className={classes['facts']}>
        <Facts
          facts={[
            {
              name: t('activation.done.payer'),
              value: purchase
                ? t('activation.done.payerMarketplace', {
                    company,
                    cloud: cloudName(purchase.marketplace),
                    account: purchase.cloudAccountRef,
                  })
                : t('activation.done.payerBalance', { company }),
            },
            {
              name: t(view.settled.length > 1 ? 'activation.done.workspacesMany' : 'activation.done.workspace'),
              value: names,
            },
            { name: t('activation.done.site'), value: <SiteName code={site?.code ?? view.site} sites={sites} /> },
            { name: t('activation.done.firstBill'), value: t('activation.done.firstBillBody', { date: tomorrow }) },
          ]}
        />
      </div>
      <FormProblem problem={open.problem} />
      <div className={buttons['buttons']} style={{ borderTop: 0 }}>
        <Button size="md" loading={open.pending} onClick={() => void open.run(undefined)}>
          {t('activation.done.button')}
        </Button>
      </div>
    </>
  )
}

/** Asks where to go (again, harmlessly, when Confirm already said so) and goes there. */
function useOpening() {
  const { view, refused } = useActivation()
  const navigate = useNavigate()
  const client = useQueryClient()
  return useAction({
    send: async () => endingOf(view.id)?.next ?? (await call(confirmActivation, { body: {} })).next,
    onDone: async (next) => {
      // Confirm may have signed this browser in to the console; the pages there ask the session first.
      await client.invalidateQueries({ queryKey: keyOf(readSession) })
      await navigate({ to: pathOfNext(next) })
    },
    refused,
  })
}

function Settled() {
  const { t } = useTranslation()
  const { view } = useActivation()
  const more = openingOf(view, 'workspaces')
  const mayBindMore = more.as === 'present' || (more.as === 'closed' && more.goTo === 'prove')
  return (
    <>
      <PageTitle lead={t('activation.done.settledLead')}>{t('activation.done.settledTitle')}</PageTitle>
      <ul className={list['list']}>
        {view.settled.map((workspace) => (
          <SettledRow key={workspace.id} workspace={workspace} />
        ))}
      </ul>
      <p className={buttons['note']} style={{ marginTop: 12 }}>
        {t('activation.done.signInHint')}
      </p>
      <div className={classes['ways']}>
        {mayBindMore ? (
          <TextLink to={paths.activation.step('workspaces')}>{t('activation.done.another')}</TextLink>
        ) : null}
        <TextLink to={paths.billing.home()}>{t('activation.done.billing')}</TextLink>
      </div>
    </>
  )
}

function SettledRow({ workspace }: { workspace: ActivationWorkspace }) {
  const { t } = useTranslation()
  const { sites } = useSession()
  return (
    <li className={list['row']} data-state="bound">
      <div className={list['words']}>
        <p className={list['name']}>{workspace.name}</p>
        <p className={list['fact']}>
          <SiteName code={workspace.site} sites={sites} />
        </p>
        {workspace.standing === 'active' ? null : <StandingBadge standing={workspace.standing} />}
      </div>
      <ButtonLink
        to={paths.console.workspace(workspace.site, workspace.id)}
        size="sm"
        aria-label={`${t('activation.open')} ${workspace.name}`}
      >
        {t('activation.open')}
      </ButtonLink>
    </li>
  )
}

/** The mark of something finished: our own horizon under a coin, stamped. */
function Seal() {
  return (
    <svg className={classes['seal']} viewBox="0 0 56 56" fill="none" strokeLinecap="round" aria-hidden>
      <circle cx="28" cy="28" r="26" stroke="var(--done-text)" strokeWidth="1.5" />
      <circle cx="28" cy="28" r="21" stroke="var(--done-text)" strokeWidth="1" strokeDasharray="1 4" />
      <path d="M18.5 28.8l6.6 6.6 12.6-14.2" stroke="var(--done-text)" strokeWidth="2.5" strokeLinejoin="round" />
    </svg>
  )
}
