import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { WorkspaceHome } from '../../contract/workspaces.ts'
import { ButtonLink, TextLink } from '../parts/ButtonLink.tsx'
import { Card } from '../parts/Card.tsx'
import { CardColumns } from '../parts/CardColumns.tsx'
import { changeability } from '../parts/changeability.ts'
import { ChangeableWords } from '../parts/ChangeableWords.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { Facts } from '../parts/Facts.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { StandingBadge } from '../parts/StatusBadge.tsx'
import { paths } from '../paths.ts'
import classes from './PlanAndBillingPage.module.css'
import { useSite } from './console-site.ts'
import { LogChargingCard } from './LogChargingCard.tsx'
import { LockedNotice } from './LockedNotice.tsx'
import { PayerFacts } from './PayerFacts.tsx'
import { RetentionCard } from './RetentionCard.tsx'
import { useWorkspace } from './workspace-context.ts'

/** Plan of a workspace, who pays, and the way to change what pays. */
export function PlanAndBillingPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const mayChange = workspace.role === 'owner' && workspace.standing !== 'dissolved'
  const change = (
    <ButtonLink to={paths.console.changeBillingMethod(workspace.site, workspace.id)}>
      {t('console.plan.change')}
    </ButtonLink>
  )
  return (
    <>
      <PageTitle lead={t('console.plan.lead')} action={mayChange ? change : undefined}>
        {t('console.plan.title')}
      </PageTitle>
      <LockedNotice workspace={workspace} />
      <CardColumns>
        <Plan workspace={workspace} />
        <Card title={t('console.home.paidBy')}>
          {workspace.payer ? (
            <>
              <PayerFacts payer={workspace.payer} />
              <WhenChangeable workspace={workspace} payer={workspace.payer} />
            </>
          ) : (
            <EmptyState title={t('console.home.nobodyTitle')}>{t('console.plan.freeBody')}</EmptyState>
          )}
        </Card>
      </CardColumns>
      <div className={classes['below']}>
        <RetentionCard workspace={workspace} />
        <LogChargingCard workspace={workspace} />
      </div>
      <Outlet />
    </>
  )
}

function Plan({ workspace }: { workspace: WorkspaceHome }) {
  const { t } = useTranslation()
  return (
    <Card
      title={t('console.home.plan')}
      action={
        workspace.payer ? (
          <TextLink to={paths.billing.workspace(workspace.id)}>{t('console.plan.billingCenter')}</TextLink>
        ) : undefined
      }
    >
      <Facts
        facts={[
          { name: t('console.home.plan'), value: t(`console.plans.${workspace.plan}`) },
          { name: t('console.home.standing'), value: <StandingBadge standing={workspace.standing} /> },
        ]}
      />
      <p className={classes['note']}>{t(workspace.payer ? 'console.plan.commercialBody' : 'console.plan.freeBody')}</p>
    </Card>
  )
}

function WhenChangeable(of: { workspace: WorkspaceHome; payer: NonNullable<WorkspaceHome['payer']> }) {
  const { t } = useTranslation()
  const { timeZone } = useSite()
  const may = changeability(of.payer.settlement, of.payer.changeableFrom)
  return (
    <p className={classes['note']}>
      {of.workspace.role === 'owner' ? <ChangeableWords may={may} timeZone={timeZone} /> : t('console.plan.onlyOwner')}
    </p>
  )
}
