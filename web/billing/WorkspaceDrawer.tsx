import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type PaidWorkspace, readPaidWorkspace, type Settlement } from '../../contract/workspaces.ts'
import { ask } from '../api.ts'
import { useInLanguage, useLanguage } from '../language.ts'
import { ButtonLink, TextLink } from '../parts/ButtonLink.tsx'
import { useCloudName } from '../parts/cloud-name.ts'
import { changeability } from '../parts/changeability.ts'
import { ChangeableWords } from '../parts/ChangeableWords.tsx'
import { CopyableId } from '../parts/CopyableId.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Notice } from '../parts/Notice.tsx'
import { SideDrawer } from '../parts/SideDrawer.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { InstanceBadge, StandingBadge } from '../parts/StatusBadge.tsx'
import { dayInWords, When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import classes from './WorkspaceDrawer.module.css'

/** One paid workspace at the side of the list: who pays, its standing, and the way to change what pays. */
export function WorkspaceDrawer() {
  const { t } = useTranslation()
  const { workspaceId } = useParams({ strict: false }) as { workspaceId: PaidWorkspace['id'] }
  const navigate = useNavigate()
  const query = useQuery(ask(readPaidWorkspace, { params: { workspaceId } }))
  return (
    <SideDrawer
      title={query.data?.name ?? t('billing.workspaces.title')}
      onClose={() => void navigate({ to: paths.billing.workspaces() })}
    >
      <Loaded query={query} skeleton={<ListSkeleton rows={5} />}>
        {(workspace) => <Details workspace={workspace} />}
      </Loaded>
    </SideDrawer>
  )
}

function Details({ workspace }: { workspace: PaidWorkspace }) {
  const { t } = useTranslation()
  const { sites } = useSession()
  const settlement = useSettlementFacts(workspace.settlement)
  const timeZone = sites.find((site) => site.code === workspace.site)?.timeZone
  const may = changeability(workspace.settlement, workspace.changeableFrom)
  const dissolved = workspace.standing === 'dissolved'
  const change = { name: t('billing.workspaces.changeable'), value: <ChangeableWords may={may} timeZone={timeZone} /> }
  return (
    <>
      <Standing workspace={workspace} timeZone={timeZone} />
      <Facts
        facts={[
          { name: t('billing.workspaces.standing'), value: <StandingBadge standing={workspace.standing} /> },
          ...settlement,
          { name: t('billing.workspaces.site'), value: <SiteName code={workspace.site} sites={sites} /> },
          { name: t('billing.workspaces.since'), value: <When instant={workspace.boundAt} /> },
          {
            name: t('billing.workspaces.id'),
            value: <CopyableId value={workspace.id} what={t('billing.workspaces.id')} />,
          },
          ...(dissolved ? [] : [change]),
        ]}
      />
      {dissolved ? null : (
        <div className={classes['ways']}>
          {may.kind === 'now' ? (
            <ButtonLink to={paths.billing.changeBillingMethod(workspace.id)}>
              {t('billing.workspaces.change')}
            </ButtonLink>
          ) : null}
          <TextLink to={paths.console.workspace(workspace.site, workspace.id)}>{t('billing.workspaces.open')}</TextLink>
        </div>
      )}
    </>
  )
}

/** What happened to a workspace that is not in good standing, until when, and what to do. */
function Standing({ workspace, timeZone }: { workspace: PaidWorkspace; timeZone: string | undefined }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { standing, countdownEndsAt, dissolvesAt, dissolvedAt, settlement } = workspace
  if (standing === 'active') return null
  if (standing === 'countdown' && countdownEndsAt !== null) {
    const ended = settlement.method === 'marketplace' && settlement.instanceStatus === 'released'
    const reason = settlement.method === 'balance' ? 'arrears' : ended ? 'instance_released' : 'instance_suspended'
    const date = dayInWords(countdownEndsAt, language, timeZone)
    return (
      <div className={classes['standing']}>
        <Notice tone="attention" title={t('console.countdown.title', { date })}>
          {t(`console.countdown.${reason}`)} {t('console.countdown.body')}
        </Notice>
      </div>
    )
  }
  const dissolved = standing === 'dissolved'
  const ends = dissolvedAt ?? dissolvesAt
  if (ends === null) return null
  const date = dayInWords(ends, language, timeZone)
  return (
    <div className={classes['standing']}>
      <Notice
        tone={dissolved ? 'calm' : 'harm'}
        title={t(dissolved ? 'console.dissolved.title' : 'console.locked.title')}
      >
        {dissolved
          ? t('console.dissolved.body', { date })
          : `${t('console.locked.body', { date })} ${t('console.locked.steps')}`}
      </Notice>
    </div>
  )
}

function useSettlementFacts(settlement: Settlement) {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const cloudName = useCloudName()
  const paidBy = t('billing.workspaces.paidBy')
  if (settlement.method === 'balance') return [{ name: paidBy, value: t('parts.method.balance') }]
  return [
    { name: paidBy, value: `${cloudName(settlement.marketplace)} · ${inLanguage(settlement.productName)}` },
    {
      name: t('parts.accountId'),
      value: <CopyableId value={settlement.cloudAccountRef} what={t('parts.accountId')} />,
    },
    { name: t('parts.instanceId'), value: <CopyableId value={settlement.instanceRef} what={t('parts.instanceId')} /> },
    { name: t('console.home.status'), value: <InstanceBadge status={settlement.instanceStatus} /> },
  ]
}
